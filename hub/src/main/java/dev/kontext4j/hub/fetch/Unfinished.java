package dev.kontext4j.hub.fetch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder in which a file waits to become whole.
public final class Unfinished {
  private Unfinished() {}

  static Path data(Path folder) {
    return folder.resolve("data");
  }

  static Path journal(Path folder) {
    return folder.resolve("journal");
  }

  /// How much room its data takes, at most.
  public static long bytes(Path folder) throws IOException {
    return Files.exists(data(folder)) ? Files.size(data(folder)) : 0;
  }

  /// Deletes it, if it is there: first the data, which the journal only speaks of.
  public static void delete(Path folder) throws IOException {
    Files.deleteIfExists(data(folder));
    Files.deleteIfExists(journal(folder));
    Files.deleteIfExists(folder);
  }
}
