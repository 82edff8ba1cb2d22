package dev.kontext4j.engine;

/// libtorch could not be found, loaded, or is too old.
public final class LibraryException extends EngineException {
  private static final long serialVersionUID = 1L;

  public LibraryException(String message) {
    super(message);
  }

  public LibraryException(String message, Throwable cause) {
    super(message, cause);
  }
}
