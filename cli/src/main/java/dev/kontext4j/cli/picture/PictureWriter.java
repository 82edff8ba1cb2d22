package dev.kontext4j.cli.picture;

import dev.kontext4j.sampler.picture.Picture;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Writes pictures as PNG. The file appears whole or not at all: it is written beside its place and
/// moved there. A file of that name is replaced; whether that is wanted is for the caller to ask.
public final class PictureWriter {
  private PictureWriter() {}

  public static void write(Path file, Picture picture) throws IOException {
    byte[] png = PngEncoder.encode(picture);
    Path place = file.toAbsolutePath();
    Path part =
        place.resolveSibling(
            ".%s.%d-%x.part"
                .formatted(place.getFileName(), ProcessHandle.current().pid(), System.nanoTime()));
    part.toFile().deleteOnExit(); // should the process be interrupted right here
    try {
      Files.write(part, png, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
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
