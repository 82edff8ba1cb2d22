package dev.kontext4j.cli;

/// Options that contradict each other, or a value that no model and no machine would accept; the
/// message says which and what to do.
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
