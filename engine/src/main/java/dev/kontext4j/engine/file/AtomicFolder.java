package dev.kontext4j.engine.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A folder that appears whole or not at all: filled under a passing name beside its place and
/// moved there. Closed before [#commit()], it leaves nothing behind.
public final class AtomicFolder implements AutoCloseable {
  private final Path target;
  private final PassingFile passing;

  private AtomicFolder(Path target, PassingFile passing) {
    this.target = target;
    this.passing = passing;
  }

  /// A folder that will be at a path where nothing is yet.
  public static AtomicFolder at(Path path) throws IOException {
    Path target = path.toAbsolutePath();
    var folder = new AtomicFolder(target, PassingFile.beside(target));
    try {
      Files.createDirectory(folder.path());
      return folder;
    } catch (IOException e) {
      folder.close();
      throw e;
    }
  }

  /// Removes a folder and all in it: at once for everyone who looks for it, and for good even if
  /// the remover is killed, for the next one that makes something there goes on.
  public static void remove(Path path) throws IOException {
    Path target = path.toAbsolutePath();
    try (var passing = PassingFile.beside(target)) {
      Files.move(target, passing.folder(), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /// Where it is filled.
  public Path path() {
    return passing.folder();
  }

  public void commit() throws IOException {
    AtomicFile.moveIntoPlace(path(), target);
  }

  @Override
  public void close() throws IOException {
    passing.close();
  }
}
