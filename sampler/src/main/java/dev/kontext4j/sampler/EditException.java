package dev.kontext4j.sampler;

/// An edit that cannot be made, or failed on the way; the message says why and what to do.
public final class EditException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public EditException(String message) {
    super(message);
  }
}
