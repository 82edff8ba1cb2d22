package dev.kontext4j.tokenizer;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A tokenizer's file is missing, damaged or of another kind: what, where, and the cure.
public final class TokenizerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Path file;

  TokenizerException(Path file, String problem, String cure) {
    this(file, problem, cure, null);
  }

  TokenizerException(Path file, String problem, String cure, @Nullable Throwable cause) {
    super(file + ": " + problem + ". " + cure + ".", cause);
    this.file = file;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /// A file that is there but cannot be understood.
  static TokenizerException damaged(Path file, String problem, @Nullable Throwable cause) {
    return new TokenizerException(file, problem, "Fetch this file of the model again", cause);
  }

  /// The file or folder that is at fault.
  public Path file() {
    return file;
  }
}
