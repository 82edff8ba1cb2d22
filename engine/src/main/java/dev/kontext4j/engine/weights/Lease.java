package dev.kontext4j.engine.weights;

import java.util.concurrent.atomic.AtomicBoolean;

/// Keeps a weight file mapped, whoever else closes it. May be closed on any thread, and twice.
public final class Lease implements AutoCloseable {
  private final MappedFile file;
  private final AtomicBoolean closed = new AtomicBoolean();

  /// Takes over one count of `file`.
  Lease(MappedFile file) {
    this.file = file;
  }

  public boolean isClosed() {
    return closed.get();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      file.release();
    }
  }
}
