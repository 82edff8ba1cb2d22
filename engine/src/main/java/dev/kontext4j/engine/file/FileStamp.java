package dev.kontext4j.engine.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What changes when somebody writes a file: as long as this is the same, so are its bytes.
///
/// @param path where it really is
/// @param time of its last change, in milliseconds
public record FileStamp(String path, long bytes, long time) {

  /// Of a file as it is now.
  public static FileStamp of(Path file) throws IOException {
    Path real = file.toRealPath();
    return new FileStamp(
        real.toString(), Files.size(real), Files.getLastModifiedTime(real).toMillis());
  }
}
