package dev.kontext4j.engine.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a file says, it loads or is refused in one line, within a second and 64 MiB of heap.
class HostileFilesTest {
  @TempDir private Path folder;

  @Test
  void theLargestHeaders() throws IOException, InterruptedException {
    var openings = run(SmallHeap.LARGEST_HEADERS);
    assertEquals(HostileHeader.values().length, openings.size());
    for (Opening opening : openings) {
      boolean legal = HostileHeader.valueOf(opening.name()).isLegal();
      assertEquals(legal ? "opened" : "refused", opening.outcome(), opening::toString);
    }
  }

  @Test
  void threeThousandMutatedFiles() throws IOException, InterruptedException {
    var openings = run(SmallHeap.MUTATED_FILES);
    assertEquals(3_000, openings.size());
    long opened = openings.stream().filter(each -> each.outcome().equals("opened")).count();
    assertTrue(opened > 50, () -> "opened: " + opened);
    // Damage must reach every rule, not only the first.
    var reasons = openings.stream().map(Opening::reason).distinct().toList();
    assertTrue(reasons.size() >= 20, reasons::toString);
  }

  /// What [SmallHeap] says of one file: in one line, or this cannot be read.
  private record Opening(String name, long millis, String outcome, String message) {
    static Opening of(String line) {
      String[] parts = line.split("\t", -1);
      assertEquals(4, parts.length, line);
      var opening = new Opening(parts[0], Long.parseLong(parts[1]), parts[2], parts[3]);
      assertTrue(opening.millis < 1000, line);
      assertTrue(opening.outcome.matches("opened|refused"), line);
      return opening;
    }

    /// The message freed of all that differs from file to file.
    String reason() {
      return message
          .replaceAll("not valid JSON.*", "not valid JSON")
          .replaceAll("'[^']*'|\\[.*]|[0-9]+|got.*", "_");
    }
  }

  private List<Opening> run(String what) throws IOException, InterruptedException {
    var output = folder.resolve("output");
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeap.class.getName(),
                what,
                folder.resolve("hostile.safetensors").toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int exit = process.waitFor();
    var lines = Files.readAllLines(output, StandardCharsets.UTF_8);
    assertEquals(0, exit, lines::toString);
    return lines.stream().map(Opening::of).toList();
  }
}
