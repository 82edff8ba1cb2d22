package dev.kontext4j.engine;

/// A model file or folder is missing, damaged, or not what was asked for.
public final class CheckpointException extends EngineException {
  private static final long serialVersionUID = 1L;

  public CheckpointException(String message) {
    super(message);
  }

  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
