package dev.kontext4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jline.utils.ScreenTerminal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program on a terminal, which `script` of util-linux pretends to be.
class TerminalTest {
  private static final Path SCRIPT = Path.of("/usr/bin/script");
  private static final int COLUMNS = 80;
  private static final int CTRL_C = 3;
  private static final int INTERRUPTED = 130;

  @TempDir Path folder;

  private Workplace work;

  @BeforeEach
  void prepare() throws IOException {
    assumeTrue(Files.isExecutable(SCRIPT), "no script of util-linux");
    work = Workplace.in(folder);
  }

  private Process start(String... arguments) throws IOException {
    var program = new ArrayList<>(KontextProcess.java(List.of(), Main.class));
    program.addAll(work.arguments(arguments));
    String quoted = "'" + String.join("' '", program) + "'";
    // Tests that were started in the background ignore Ctrl-C, and so would the program.
    String hearing = Signals.interruptsReachChildren() ? "" : "env --default-signal=INT ";
    String line = "stty rows 24 columns " + COLUMNS + "; exec " + hearing + quoted;
    var builder = new ProcessBuilder(SCRIPT.toString(), "-qec", line, "/dev/null");
    builder.environment().put("TERM", "xterm-256color");
    builder.environment().remove("COLORTERM");
    return builder.redirectErrorStream(true).start();
  }

  /// Everything that was sent to the terminal.
  private String sent(String... arguments) throws IOException, InterruptedException {
    var process = start(arguments);
    String sent = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), sent);
    return sent;
  }

  /// What is left to be seen.
  private static List<String> seen(String sent) {
    var screen = new ScreenTerminal(COLUMNS, 24);
    screen.write(sent);
    return Arrays.stream(screen.toString().split("\n", -1))
        .map(String::stripTrailing)
        .filter(row -> !row.isEmpty())
        .toList();
  }

  @Test
  void aLineThatChangesAndLeavesOnlyResults() throws IOException, InterruptedException {
    String sent = sent(work.path(Workplace.PICTURE), "--steps", "3");
    assertTrue(sent.contains("step 1 of 3  "), sent);
    var seen = seen(sent);
    assertEquals(2, seen.size(), seen::toString);
    assertEquals(work.path("out.png"), seen.getFirst());
    assertTrue(seen.getLast().matches("kontext: done in [0-9.]+ s"), seen::toString);
  }

  @Test
  void thePreviewIsTakenAway() throws IOException, InterruptedException {
    String sent = sent(work.path(Workplace.PICTURE), "--steps", "2", "--preview");
    assertTrue(sent.contains("▀▀"), sent);
    assertTrue(!sent.contains("\u001b[c"), "the terminal is asked nothing");
    assertEquals(2, seen(sent).size(), () -> seen(sent).toString());
  }

  private static String lastOf(String sent) {
    return sent.substring(Math.max(0, sent.length() - 200)).replace("\033", "ESC");
  }

  @Test
  void ctrlCLeavesACleanScreen() throws IOException, InterruptedException {
    var process =
        start(work.path(Workplace.PICTURE), "--steps", "100", "--count", "9", "--preview");
    var sent = new ByteArrayOutputStream();
    while (!sent.toString(UTF_8).contains("it/s")) {
      sent.write(process.getInputStream().readNBytes(64));
    }
    process.getOutputStream().write(CTRL_C);
    process.getOutputStream().flush();
    sent.write(process.getInputStream().readAllBytes());
    assertEquals(INTERRUPTED, process.waitFor(), () -> sent.toString(UTF_8));
    String all = sent.toString(UTF_8);
    var seen = seen(all);
    assertTrue(
        seen.stream().noneMatch(row -> row.contains("▀") || row.contains("step")),
        () -> seen + "; the last that was sent: " + lastOf(all));
    assertEquals(List.of(), work.results(), "nothing half-written");
  }
}
