package dev.kontext4j.cli.picture;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Writes files that appear whole or not at all: beside their place, and then moved there. A file
/// of that name is replaced; whether that is wanted is for the caller to ask.
public final class PictureWriter {
  private PictureWriter() {}

  /// Writes a file, or replaces the one of that name.
  public static void write(Path file, byte[] encoded) throws IOException {
    Path part = part(file, encoded);
    try {
      move(part, file);
    } finally {
      Files.deleteIfExists(part); // still there only if something failed
    }
  }

  /// Writes a file unless there is one of that name, and says whether it did. Of two programs that
  /// want the same name at the same time one is told no.
  public static boolean writeNew(Path file, byte[] encoded) throws IOException {
    Path part = part(file, encoded);
    try {
      link(part, file);
      return true;
    } catch (FileAlreadyExistsException _) {
      return false;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static Path part(Path file, byte[] encoded) throws IOException {
    Path place = file.toAbsolutePath();
    Path part =
        place.resolveSibling(
            ".kontext4j-%d-%x.part".formatted(ProcessHandle.current().pid(), System.nanoTime()));
    part.toFile().deleteOnExit(); // should the process be interrupted right here
    try {
      return Files.write(part, encoded, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }

  /// A second name for the part, which no name that is taken can become. Where disks know no second
  /// names it is moved.
  private static void link(Path part, Path file) throws IOException {
    try {
      Files.createLink(file, part);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException _) {
      Files.move(part, file);
    }
  }

  private static void move(Path part, Path place) throws IOException {
    try {
      Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException _) {
      Files.move(part, place, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
