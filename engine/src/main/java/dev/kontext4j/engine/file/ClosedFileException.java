package dev.kontext4j.engine.file;

/// A weight file was used after it had been closed: a mistake in the program, not in the file.
public final class ClosedFileException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  public ClosedFileException(String message) {
    super(message);
  }
}
