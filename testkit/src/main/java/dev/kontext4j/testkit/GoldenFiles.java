package dev.kontext4j.testkit;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// The goldens as files. They are resources of this module, and those may lie in a jar, from which
/// nothing can be mapped into memory; so then they are copied out, once a process.
public final class GoldenFiles {
  private static final String INDEX = "goldens/index.json";
  private static final Path ROOT = root();

  private GoldenFiles() {}

  /// A file or folder, such as `model/vae`.
  public static Path path(String name) {
    Path path = ROOT.resolve(name);
    if (!Files.exists(path)) {
      throw new IllegalArgumentException("there is no golden " + name + " in " + ROOT);
    }
    return path;
  }

  private static Path root() {
    URL index = GoldenFiles.class.getResource(INDEX);
    if (index == null) {
      throw new IllegalStateException("the goldens are not on the class path");
    }
    try {
      return index.openConnection() instanceof JarURLConnection jar
          ? copied(Path.of(jar.getJarFileURL().toURI()), jar.getEntryName())
          : Path.of(index.toURI()).resolveSibling("");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path copied(Path jar, String index) throws IOException {
    Path target = Files.createTempDirectory("kontext4j-goldens");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(target)));
    try (var inside = FileSystems.newFileSystem(jar)) {
      Path source = inside.getPath(index.substring(0, index.lastIndexOf('/')));
      try (var files = Files.walk(source)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Files.copy(file, target.resolve(source.relativize(file).toString()), REPLACE_EXISTING);
        }
      }
    }
    return target;
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
