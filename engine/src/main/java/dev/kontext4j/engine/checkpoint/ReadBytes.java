package dev.kontext4j.engine.checkpoint;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.file.TensorEntry;
import java.nio.file.Path;

/// Tensors that are read by plain reads into memory of their own, on the CPU. What they cost is
/// known, unlike the pages of a mapping, and a file that is cut short is an error.
public record ReadBytes(Checkpoint checkpoint) implements StoredBytes {

  @Override
  public Path path() {
    return checkpoint.path();
  }

  @Override
  public TensorEntry entry(String name) {
    return checkpoint.entry(name);
  }

  @Override
  public Tensor bytes(String name, DType dtype, long[] shape) {
    return read(name, dtype, shape, 0);
  }

  @Override
  public Tensor rows(String name, long first, long count) {
    var entry = entry(name);
    long[] shape = entry.sizes();
    long row = entry.byteCount() / Math.max(1, shape[0]);
    shape[0] = count;
    return read(name, entry.dtype().orElseThrow(), shape, first * row);
  }

  @Override
  public boolean hasRows(String name) {
    return true;
  }

  @Override
  public void release(String name) {
    // the tensor is all that there is
  }

  private Tensor read(String name, DType dtype, long[] shape, long from) {
    var file = checkpoint.file(name);
    var entry = entry(name);
    return Tensor.written(dtype, shape, (offset, piece) -> file.read(entry, from + offset, piece));
  }
}
