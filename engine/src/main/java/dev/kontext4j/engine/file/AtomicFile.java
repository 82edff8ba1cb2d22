package dev.kontext4j.engine.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/// A file that appears whole or not at all: written under a passing name in the same folder,
/// flushed to the disk and moved into place. Closed before [#commit()], it leaves nothing behind.
public final class AtomicFile implements AutoCloseable {
  private final Path target;
  private final PassingFile passing;

  private AtomicFile(Path target, PassingFile passing) {
    this.target = target;
    this.passing = passing;
  }

  /// Writes small content at once.
  public static void write(Path path, byte[] content) throws IOException {
    try (var file = at(path)) {
      var bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        file.channel().write(bytes);
      }
      file.commit();
    }
  }

  public static AtomicFile at(Path path) throws IOException {
    Path target = path.toAbsolutePath();
    return new AtomicFile(target, PassingFile.beside(target));
  }

  public FileChannel channel() {
    return passing.channel();
  }

  public void commit() throws IOException {
    channel().force(true);
    moveIntoPlace(passing.path(), target);
  }

  /// Moves a finished file or folder, which has been flushed to the disk, to its place in one step.
  public static void moveIntoPlace(Path finished, Path target) throws IOException {
    Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
    flushFolder(target);
  }

  @Override
  public void close() throws IOException {
    passing.close();
  }

  /// So that the move, too, outlives a power cut. Windows can flush no folder and need not.
  private static void flushFolder(Path target) {
    Path folder = Objects.requireNonNull(target.toAbsolutePath().getParent());
    try (var entry = FileChannel.open(folder, StandardOpenOption.READ)) {
      entry.force(true);
    } catch (IOException _) {
      // The file is whole and in place; only its survival of a power cut is less sure.
    }
  }
}
