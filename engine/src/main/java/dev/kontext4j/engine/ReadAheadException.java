package dev.kontext4j.engine;

/// Weights that should have come while the network computes did not come, and no file is to blame.
public final class ReadAheadException extends EngineException {
  private static final long serialVersionUID = 1L;

  public ReadAheadException(String message, Throwable cause) {
    super(message, cause);
  }
}
