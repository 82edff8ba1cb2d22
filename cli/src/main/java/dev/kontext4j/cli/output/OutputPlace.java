package dev.kontext4j.cli.output;

import dev.kontext4j.cli.failure.InputException;
import dev.kontext4j.cli.failure.WriteException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A place where a file shall be written, in a folder that must be there.
public record OutputPlace(Path file, Path folder) {

  /// The place that a path names.
  public static OutputPlace of(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new InputException(file + " is a folder; name a file");
    }
    return new OutputPlace(file, folder);
  }

  /// Fails unless a file can be written here.
  public void require() {
    if (Files.isDirectory(file)) {
      throw new InputException(file + " is a folder; name a file");
    }
    requireFolder();
  }

  /// Fails unless a file whose name is as long can be written to the folder. The only sure way to
  /// know is to try: permissions may be there on a disk that is read-only, or of a network.
  void requireFolder() {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          "There is no folder %s to write %s to; make it first"
              .formatted(folder, file.getFileName()));
    }
    int length = file.getFileName().toString().getBytes(StandardCharsets.UTF_8).length;
    Path probe = folder.resolve(".kontext4j".concat("-".repeat(Math.max(0, length - 10))));
    try {
      Files.createFile(probe);
      Files.delete(probe);
    } catch (FileAlreadyExistsException _) {
      return; // another program of ours is trying, too
    } catch (IOException e) {
      throw new InputException(
          "%s cannot be written to %s (%s); choose another place or name"
              .formatted(file.getFileName(), folder, WriteException.reason(e)));
    }
  }

  /// Whether two paths lead to one file, however they are written.
  public static boolean same(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException _) { // one of them is not there yet
      return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }
  }

  /// Fails if there is a file already.
  void requireFree() {
    if (Files.exists(file)) {
      throw new InputException(file + " exists already; choose another -o or add --force");
    }
  }
}
