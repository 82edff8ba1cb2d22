package dev.kontext4j.engine;

/// A call into libtorch failed; the message names the operation, its arguments and libtorch's
/// reason.
public final class NativeCallException extends EngineException {
  private static final long serialVersionUID = 1L;

  public NativeCallException(String message) {
    super(message);
  }

  public NativeCallException(String message, Throwable cause) {
    super(message, cause);
  }
}
