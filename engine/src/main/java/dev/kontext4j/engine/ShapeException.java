package dev.kontext4j.engine;

/// A tensor does not have the shape that is needed.
public final class ShapeException extends EngineException {
  private static final long serialVersionUID = 1L;

  public ShapeException(String message) {
    super(message);
  }

  public ShapeException(String message, Throwable cause) {
    super(message, cause);
  }
}
