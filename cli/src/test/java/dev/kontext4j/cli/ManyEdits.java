package dev.kontext4j.cli;

import dev.kontext4j.engine.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Edits a picture again and again, and prints after each edit how many tensors live and how many
/// kilobytes of memory are resident. Run by [LeakTest].
final class ManyEdits {
  private static final String RESIDENT = "VmRSS:";

  private ManyEdits() {}

  static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[0]);
    var edit = List.of(arguments).subList(1, arguments.length);
    for (int i = 0; i < count; i++) {
      Run.of(edit).done();
      System.out.println(Scope.liveTensors() + " " + residentKilobytes());
    }
  }

  private static String residentKilobytes() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith(RESIDENT))
          .map(line -> line.replaceAll("\\D", ""))
          .findFirst()
          .orElseThrow();
    }
  }
}
