package dev.kontext4j.cli.failure;

/// Options that contradict each other, or a value that no model and no machine would accept; the
/// message says which and what to do.
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
