package dev.kontext4j.lora.change;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.file.TensorEntry;

/// A tensor of an adapter file, read whenever it is needed.
public record Factor(Checkpoint file, TensorEntry entry) {
  public String key() {
    return entry.name();
  }

  /// The length of the first dimension.
  public long rows() {
    return entry.shape().isEmpty() ? 1 : entry.shape().getFirst();
  }

  /// The product of all other dimensions: those of a 1x1 convolution are 1.
  public long columns() {
    return entry.shape().stream().skip(1).reduce(1L, Math::multiplyExact);
  }

  public long elements() {
    return Math.multiplyExact(rows(), columns());
  }

  int rank() {
    return entry.shape().size();
  }

  /// As a matrix (rows, columns) in f32.
  public Tensor matrix(Device device) {
    return stored(device).reshape(rows(), columns());
  }

  /// As a row of numbers in f32.
  public Tensor vector(Device device) {
    return stored(device).reshape(elements());
  }

  private Tensor stored(Device device) {
    return file.tensor(key()).to(device).to(DType.F32);
  }
}
