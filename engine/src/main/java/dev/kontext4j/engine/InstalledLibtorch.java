package dev.kontext4j.engine;

import dev.kontext4j.engine.internal.torch.LibtorchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The CUDA builds of libtorch that `kontext runtime install` has made: a folder each, which is
/// there whole or not at all.
public final class InstalledLibtorch {
  private InstalledLibtorch() {}

  /// Where they are.
  public static Path folder() {
    return CacheFolder.named("runtime");
  }

  /// The one that is taken.
  static Optional<Path> newest() {
    return in(folder()).stream().filter(InstalledLibtorch::isIn).findFirst();
  }

  /// All in a folder, the newest first, and damaged ones with them.
  public static List<Path> in(Path folder) {
    try (var all = Files.list(folder)) {
      return all.filter(place -> !place.getFileName().toString().startsWith("."))
          .filter(Files::isDirectory)
          .sorted(Comparator.comparing(InstalledLibtorch::time).reversed())
          .toList();
    } catch (IOException _) {
      return List.of(); // there is no such folder
    }
  }

  /// Whether a folder holds one that might be loaded.
  public static boolean isIn(Path place) {
    return LibtorchFolder.in(place).filter(LibtorchFolder::hasCuda).isPresent();
  }

  private static FileTime time(Path place) {
    try {
      return Files.getLastModifiedTime(place);
    } catch (IOException _) {
      return FileTime.fromMillis(0); // it has just been removed
    }
  }
}
