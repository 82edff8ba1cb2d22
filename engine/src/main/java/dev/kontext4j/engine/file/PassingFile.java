package dev.kontext4j.engine.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// A file with a passing name, in the folder of what is being made, and locked as long as its maker
/// lives. So the next one that makes something there can tell what a killed one has left, and
/// clears it: it may be as large as a model.
final class PassingFile implements AutoCloseable {
  private static final String NAMES = ".kontext4j-*.tmp";

  /// A file that is opened and closed anywhere in a process loses this process's locks on it, so
  /// our own must not even be tried.
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;

  private PassingFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static PassingFile beside(Path target) throws IOException {
    Path place = target.toAbsolutePath();
    clearLeftovers(Objects.requireNonNull(place.getParent()));
    while (true) {
      Path path = place.resolveSibling(NAMES.replace("*", UUID.randomUUID().toString()));
      OURS.add(path);
      try {
        // Not Files.createTempFile: that would keep the finished file from all but its owner.
        var channel =
            FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        if (lock(channel) != Held.BY_ANOTHER && Files.exists(path)) {
          return new PassingFile(path, channel);
        }
        channel.close(); // someone took it for a leftover before it was locked
      } catch (IOException e) {
        OURS.remove(path);
        throw e;
      }
      OURS.remove(path);
    }
  }

  Path path() {
    return path;
  }

  FileChannel channel() {
    return channel;
  }

  /// The place of a folder that goes with it.
  Path folder() {
    return folder(path);
  }

  private static Path folder(Path file) {
    return file.resolveSibling(file.getFileName() + ".d");
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      delete(path);
    } finally {
      OURS.remove(path);
    }
  }

  private static void clearLeftovers(Path folder) {
    try (var files = Files.newDirectoryStream(folder, NAMES)) {
      for (Path file : files) {
        if (!OURS.contains(file)) {
          clear(file);
        }
      }
    } catch (IOException _) {
      // whoever writes there will be told why that cannot be
    }
  }

  private static void clear(Path file) {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      if (lock(channel) == Held.BY_US) {
        delete(file);
      }
    } catch (IOException _) {
      // somebody else's, or gone
    }
  }

  /// The folder first: without the file nobody would know what it is.
  private static void delete(Path file) throws IOException {
    Path folder = folder(file);
    if (Files.exists(folder)) {
      try (var inside = Files.walk(folder)) {
        for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
    Files.deleteIfExists(file);
  }

  private enum Held {
    BY_US,
    BY_ANOTHER,
    BY_NOBODY
  }

  /// There are file systems without locks. What is left there stays.
  private static Held lock(FileChannel channel) {
    try {
      return channel.tryLock() == null ? Held.BY_ANOTHER : Held.BY_US;
    } catch (OverlappingFileLockException _) {
      return Held.BY_ANOTHER;
    } catch (IOException _) {
      return Held.BY_NOBODY;
    }
  }
}
