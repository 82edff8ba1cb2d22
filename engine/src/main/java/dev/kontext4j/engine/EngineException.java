package dev.kontext4j.engine;

import java.util.Objects;

/// Everything the engine can refuse or fail at. Each kind carries what a caller needs to choose an
/// exit code; each message says what happened, where, and what to do.
public abstract sealed class EngineException extends RuntimeException
    permits CheckpointException,
        ClosedTensorException,
        DeviceException,
        LibraryException,
        NativeCallException,
        ReadAheadException,
        ShapeException {
  private static final long serialVersionUID = 1L;

  EngineException(String message) {
    super(message);
  }

  EngineException(String message, Throwable cause) {
    super(message, cause);
  }

  /// There is always one.
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
