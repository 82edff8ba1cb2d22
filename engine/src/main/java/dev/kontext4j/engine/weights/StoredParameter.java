package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.safetensors.Checkpoint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A parameter read from a checkpoint at its first use and kept in the model's store from then on.
/// Where neither type nor place nor order changes, its tensor is the mapped file itself.
final class StoredParameter implements Parameter {
  private final Checkpoint checkpoint;
  private final Layout.StoredAs stored;
  private final DType dtype;
  private final Device device;
  private final Scope store;
  private @Nullable Tensor value;

  StoredParameter(
      Checkpoint checkpoint, Layout.StoredAs stored, DType dtype, Device device, Scope store) {
    this.checkpoint = checkpoint;
    this.stored = stored;
    this.dtype = dtype;
    this.device = device;
    this.store = store;
  }

  @Override
  public Tensor value() {
    if (value == null) {
      try (var _ = Scope.open()) {
        value = store.adopt(read());
      }
      if (!isMapped()) {
        releasePages(); // there is a copy now
      }
    }
    return value;
  }

  @Override
  public void release() {
    if (value != null) {
      store.drop(value);
      value = null;
      releasePages();
    }
  }

  private void releasePages() {
    stored.names().forEach(checkpoint::release);
  }

  /// Whether the tensor is the file itself.
  private boolean isMapped() {
    return device.isCpu()
        && stored.names().size() == 1
        && !stored.swapHalves()
        && checkpoint.entry(stored.names().getFirst()).dtype().equals(Optional.of(dtype));
  }

  private Tensor read() {
    var rows = stored.names().stream().map(this::readOne).toList();
    var whole = rows.size() == 1 ? rows.getFirst() : Tensor.cat(rows, 0);
    return stored.swapHalves() ? Tensor.cat(whole.chunk(2, 0).reversed(), 0) : whole;
  }

  private Tensor readOne(String name) {
    return checkpoint.tensor(name).to(dtype).to(device);
  }
}
