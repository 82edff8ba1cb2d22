package dev.kontext4j.hub.lock;

/// A lock file that breaks its own rules; the message says where.
public final class LockException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LockException(String message) {
    super(message);
  }
}
