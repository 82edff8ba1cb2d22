package dev.kontext4j.cli;

/// An input or an output place that is refused; the message says which, why, and what to do.
final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InputException(String message) {
    super(message);
  }
}
