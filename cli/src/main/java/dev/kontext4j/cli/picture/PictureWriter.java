package dev.kontext4j.cli.picture;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Writes files that appear whole or not at all: beside their place, and then moved there. A file
/// of that name is replaced; whether that is wanted is for the caller to ask.
public final class PictureWriter {
  private PictureWriter() {}

  public static void write(Path file, byte[] encoded) throws IOException {
    Path place = file.toAbsolutePath();
    Path part =
        place.resolveSibling(
            ".%s.%d-%x.part"
                .formatted(place.getFileName(), ProcessHandle.current().pid(), System.nanoTime()));
    part.toFile().deleteOnExit(); // should the process be interrupted right here
    try {
      Files.write(part, encoded, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      move(part, place);
    } finally {
      Files.deleteIfExists(part); // still there only if something failed
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
