package dev.kontext4j.toybox;

import dev.kontext4j.engine.weights.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/// What older builds have left in the cache. A model's folder carries the time of its last use.
///
/// @param cache holds a folder for each model
record StaleModels(Path cache) {
  /// Longer than a run lasts, and than somebody keeps away who goes back and forth between builds.
  static final Duration KEPT = Duration.ofDays(30);

  /// Notes that a folder is in use. Where that cannot be written, nobody sweeps either.
  static void use(Path folder) {
    try {
      Files.setLastModifiedTime(folder, FileTime.from(Instant.now()));
    } catch (IOException _) {
      return;
    }
  }

  /// Deletes the models that nobody has used for long; the caller holds the cache's lock. What
  /// cannot be deleted stays.
  void sweep() throws IOException {
    Instant limit = Instant.now().minus(KEPT);
    try (var folders = Files.list(cache)) {
      folders.filter(StaleModels::isModel).forEach(folder -> deleteUnlessUsedSince(limit, folder));
    }
  }

  private static void deleteUnlessUsedSince(Instant limit, Path folder) {
    try {
      if (Files.getLastModifiedTime(folder).toInstant().isBefore(limit)) {
        UnpackedModel.delete(folder);
      }
    } catch (IOException _) {
      return;
    }
  }

  private static boolean isModel(Path folder) {
    return Files.isDirectory(folder)
        && Sha256.FORM.matcher(String.valueOf(folder.getFileName())).matches();
  }
}
