package dev.kontext4j.hub.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Second names for files, so that nothing is on a disk twice.
final class Links {
  private Links() {}

  /// A file of another program stays its own: whoever deletes it there gets the room.
  static void symbolic(Path place, Path source) throws IOException {
    Path real = source.toRealPath();
    try {
      Files.createSymbolicLink(place, real);
    } catch (FileSystemException | UnsupportedOperationException _) {
      Files.createLink(place, real); // where symbolic links need a right of their own
    }
  }

  /// A file of ours belongs to each set alike: it stays until the last of them is removed.
  static void equal(Path place, Path source) throws IOException {
    Path real = source.toRealPath();
    try {
      Files.createLink(place, real);
    } catch (FileSystemException | UnsupportedOperationException _) {
      Files.createSymbolicLink(place, real);
    }
  }
}
