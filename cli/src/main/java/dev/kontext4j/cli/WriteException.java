package dev.kontext4j.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A result that was made but could not be written, though its place had been checked: the disk is
/// full, or the place has gone.
final class WriteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WriteException(Path file, IOException cause) {
    super(
        "Could not write " + file + " (" + reason(cause) + "); make room there or choose another",
        cause);
  }

  /// The system's reason, without the passing file that it complains about.
  static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "no such file or folder";
      case FileSystemException system when system.getReason() != null -> system.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }
}
