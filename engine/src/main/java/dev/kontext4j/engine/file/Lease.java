package dev.kontext4j.engine.file;

import dev.kontext4j.engine.MemoryLease;
import java.util.concurrent.atomic.AtomicBoolean;

/// Keeps a weight file mapped, whoever else closes it. May be closed on any thread, and twice.
public final class Lease implements MemoryLease {
  private final MappedFile file;
  private final AtomicBoolean closed = new AtomicBoolean();

  /// Takes over one count of `file`.
  public Lease(MappedFile file) {
    this.file = file;
  }

  @Override
  public Lease share() {
    return file.lease();
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
