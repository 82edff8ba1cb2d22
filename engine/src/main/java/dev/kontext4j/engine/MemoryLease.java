package dev.kontext4j.engine;

/// A share in memory that a tensor borrows, such as a mapped file: the memory stays valid until the
/// last share is closed. Shares may be closed on any thread, each once.
public interface MemoryLease extends AutoCloseable {
  /// One more share in the same memory.
  MemoryLease share();

  @Override
  void close();
}
