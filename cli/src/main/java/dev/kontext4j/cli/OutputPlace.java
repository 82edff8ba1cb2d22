package dev.kontext4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// A place where a file shall be written, in a folder that must be there.
record OutputPlace(Path file, Path folder) {

  static OutputPlace of(Path file) {
    return new OutputPlace(file, Objects.requireNonNull(file.toAbsolutePath().getParent()));
  }

  /// Fails unless a file can be written here. The only sure way to know is to try: permissions may
  /// be there on a disk that is read-only, or of a network.
  void require() {
    if (Files.isDirectory(file)) {
      throw new InputException(file + " is a folder; name a file");
    }
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          "There is no folder %s to write %s to; make it first"
              .formatted(folder, file.getFileName()));
    }
    try {
      Files.delete(Files.createTempFile(folder, ".kontext4j-", ".part"));
    } catch (IOException e) {
      throw new InputException(
          "The folder %s cannot be written to (%s); choose another for %s"
              .formatted(folder, WriteException.reason(e), file.getFileName()));
    }
  }

  /// Fails if there is a file already.
  void requireFree() {
    if (Files.exists(file)) {
      throw new InputException(file + " exists already; choose another -o or add --force");
    }
  }
}
