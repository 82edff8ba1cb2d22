package dev.kontext4j.sampler.text;

import dev.kontext4j.engine.weights.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A folder of kept texts that has a bound. A file carries the time of its last use.
final class BoundedFolder {
  private static final String SUFFIX = ".safetensors";

  private final Path folder;
  private final long bound;
  private long bytes = -1; // as far as this process knows; not looked at yet

  BoundedFolder(Path folder, long bound) {
    this.folder = folder;
    this.bound = bound;
  }

  private record Kept(Path file, long bytes, long time) {}

  Path file(Sha256 key) {
    return folder.resolve(key.digits() + SUFFIX);
  }

  /// The folder is looked through at the first text and when it seems to be full, since there may
  /// be thousands. So others that write at the same time may exceed the bound by what they write.
  void write(Sha256 key, KeptText text) throws IOException {
    Files.createDirectories(folder);
    text.write(file(key), key);
    bytes = bytes < 0 ? bytes(folder) : bytes + Files.size(file(key));
    if (bytes > bound) {
      makeRoom();
    }
  }

  /// So much that it is not needed again for the very next text.
  private void makeRoom() throws IOException {
    var files = new ArrayList<>(files(folder));
    files.sort(Comparator.comparingLong(Kept::time).reversed());
    bytes = 0;
    for (Kept kept : files) {
      if (bytes + kept.bytes <= bound - bound / 8) {
        bytes += kept.bytes;
      } else {
        Files.deleteIfExists(kept.file);
      }
    }
  }

  /// What the texts in a folder take, in bytes.
  static long bytes(Path folder) throws IOException {
    return files(folder).stream().mapToLong(Kept::bytes).sum();
  }

  private static List<Kept> files(Path folder) throws IOException {
    var files = new ArrayList<Kept>();
    try (var inside = Files.newDirectoryStream(folder, BoundedFolder::isText)) {
      for (Path file : inside) {
        kept(file).ifPresent(files::add);
      }
    }
    return files;
  }

  private static Optional<Kept> kept(Path file) {
    try {
      long time = Files.getLastModifiedTime(file).toMillis();
      return Optional.of(new Kept(file, Files.size(file), time));
    } catch (IOException _) {
      return Optional.empty(); // another process has just deleted it
    }
  }

  private static boolean isText(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(SUFFIX)
        && Sha256.FORM.matcher(name.substring(0, name.length() - SUFFIX.length())).matches();
  }
}
