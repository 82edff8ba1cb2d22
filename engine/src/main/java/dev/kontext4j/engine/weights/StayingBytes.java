package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.checkpoint.ReadBytes;
import dev.kontext4j.engine.checkpoint.StoredBytes;
import dev.kontext4j.engine.file.TensorEntry;
import java.nio.file.Path;

/// The stored bytes of what stays. Where nothing comes and goes, those are the mapped files; beside
/// a ring they are read, so that a file that is cut short meanwhile is an error whichever weight it
/// hits.
record StayingBytes(Checkpoint mapped, ReadBytes read, Streaming streaming) implements StoredBytes {

  private StoredBytes now() {
    return streaming.streams() ? read : mapped;
  }

  @Override
  public Path path() {
    return mapped.path();
  }

  @Override
  public TensorEntry entry(String name) {
    return mapped.entry(name);
  }

  @Override
  public Tensor bytes(String name, DType dtype, long[] shape) {
    return now().bytes(name, dtype, shape);
  }

  @Override
  public Tensor rows(String name, long first, long count) {
    return now().rows(name, first, count);
  }

  @Override
  public boolean hasRows(String name) {
    return now().hasRows(name);
  }

  @Override
  public void release(String name) {
    now().release(name);
  }
}
