package dev.kontext4j.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// This machine's memory in bytes. Known on Linux only.
///
/// @param available what programs could get without any being put out to disk
public record HostMemory(long total, long available) {
  private static final Path MEMORY_INFO = Path.of("/proc/meminfo");

  public static Optional<HostMemory> now() {
    try {
      var lines = Files.readAllLines(MEMORY_INFO);
      return Optional.of(new HostMemory(bytes(lines, "MemTotal:"), bytes(lines, "MemAvailable:")));
    } catch (IOException | IllegalStateException _) {
      return Optional.empty();
    }
  }

  /// Of a line such as `MemTotal: 24000000 kB`.
  private static long bytes(Iterable<String> lines, String name) {
    for (String line : lines) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    throw new IllegalStateException(name + " is not told");
  }
}
