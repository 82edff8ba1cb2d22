package dev.kontext4j.engine;

/// A tensor was used after the scope that owned it had closed.
public final class ClosedTensorException extends EngineException {
  private static final long serialVersionUID = 1L;

  public ClosedTensorException(String message) {
    super(message);
  }

  public ClosedTensorException(String message, Throwable cause) {
    super(message, cause);
  }
}
