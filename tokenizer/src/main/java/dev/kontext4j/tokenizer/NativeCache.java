package dev.kontext4j.tokenizer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// Where native libraries and other files that must lie on a disk are kept between runs:
/// `kontext4j/natives` and the like in `$XDG_CACHE_HOME`, else in `~/.cache`. Where that cannot be
/// written, each run unpacks into a temporary folder of its own.
///
/// A folder appears under its name only when it is complete, so two processes may start at once.
final class NativeCache {
  static final String VARIABLE = "XDG_CACHE_HOME";

  /// Opens one of the files to unpack.
  interface Source {
    InputStream open(String name) throws IOException;
  }

  private final Path root;

  NativeCache(Path root) {
    this.root = root;
  }

  static NativeCache ofUser(String kind) {
    var chosen = System.getenv(VARIABLE);
    Path caches =
        chosen == null || chosen.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(chosen);
    return new NativeCache(caches.toAbsolutePath().resolve("kontext4j").resolve(kind));
  }

  /// The folder called `name` with `files` in it, unpacked from `source` if it is not there yet.
  Path folder(String name, List<String> files, Source source) {
    Path folder = root.resolve(name);
    if (Files.isDirectory(folder)) {
      return folder;
    }
    try {
      return unpack(folder, files, source);
    } catch (IOException _) {
      return temporary(files, source);
    }
  }

  private Path unpack(Path folder, List<String> files, Source source) throws IOException {
    Files.createDirectories(root);
    Path draft = Files.createTempDirectory(root, "draft");
    try {
      copy(files, source, draft);
      Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      delete(draft, files);
      if (!Files.isDirectory(folder)) { // else another process was faster
        throw e;
      }
    }
    return folder;
  }

  private static Path temporary(List<String> files, Source source) {
    Path folder = Path.of("");
    try {
      folder = Files.createTempDirectory("kontext4j-tokenizers");
      folder.toFile().deleteOnExit(); // after its files: deletion goes backwards
      for (var file : files) {
        folder.resolve(file).toFile().deleteOnExit();
      }
      copy(files, source, folder);
      return folder;
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  private static void copy(List<String> files, Source source, Path to) throws IOException {
    for (var file : files) {
      try (var in = source.open(file)) {
        Files.copy(in, to.resolve(file));
      }
    }
  }

  private static void delete(Path folder, List<String> files) throws IOException {
    for (var file : files) {
      Files.deleteIfExists(folder.resolve(file));
    }
    Files.deleteIfExists(folder);
  }

  private static TokenizerException unwritable(Path folder, IOException cause) {
    return new TokenizerException(
        folder,
        "the tokenizer cannot be unpacked here (" + cause + ")",
        "Make room there (20 MB), or name another folder in " + VARIABLE,
        cause);
  }
}
