package dev.kontext4j.sampler.picture;

/// A picture, or a size asked for, that cannot be worked with. The message is one line: which one,
/// what is wrong, what to do.
public final class PictureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PictureException(String message) {
    super(message);
  }

  public PictureException(String message, Throwable cause) {
    super(message, cause);
  }
}
