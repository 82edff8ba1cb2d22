package dev.kontext4j.cli.failure;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// A result that was made but could not be written, though its place had been checked: the disk is
/// full, or the place has gone.
public final class WriteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WriteException(String place, IOException cause) {
    super(
        "Could not write %s (%s); %s".formatted(place, reason(cause), cure(reason(cause))), cause);
  }

  private static String cure(String reason) {
    return switch (reason) {
      case "Broken pipe" -> "the program that should read it has ended";
      case "No space left on device", "File too large", "Disk quota exceeded" ->
          "make room there or choose another place";
      default -> "choose another place";
    };
  }

  /// The system's reason, without the passing file that it complains about.
  public static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "no such file or folder";
      case FileSystemException system when system.getReason() != null -> system.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }
}
