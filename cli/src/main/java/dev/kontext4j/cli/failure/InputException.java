package dev.kontext4j.cli.failure;

/// An input or an output place that is refused; the message says which, why, and what to do.
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(message);
  }
}
