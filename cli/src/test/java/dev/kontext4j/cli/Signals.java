package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Ctrl-C, as a process gets it.
final class Signals {
  static final String IGNORED = "started in the background, where Ctrl-C is ignored";
  private static final int SIGINT = 2;

  private Signals() {}

  static void interrupt(long pid) throws IOException, InterruptedException {
    assertEquals(0, new ProcessBuilder("kill", "-INT", Long.toString(pid)).start().waitFor());
  }

  /// A process that ignores a signal hands this on to its children.
  static boolean interruptsReachChildren() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return true;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
        .noneMatch(mask -> (mask >> (SIGINT - 1) & 1) == 1);
  }
}
