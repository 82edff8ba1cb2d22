package dev.kontext4j.hub.fetch;

/// Fetching failed though nothing is known to be wrong with the file: the network, the server or
/// the disk. What has come of a model is kept. The message says what to do.
public final class FetchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FetchException(String message) {
    super(message);
  }

  public FetchException(String message, Throwable cause) {
    super(message, cause);
  }
}
