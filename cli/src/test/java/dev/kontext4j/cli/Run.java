package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.cli.failure.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/// A command that has run, in this process or another: its exit code and what it printed.
record Run(int code, List<String> out, List<String> err) {

  /// Runs the program in this process.
  static Run of(List<String> arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var commandLine =
        Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int code = Main.run(commandLine, arguments.toArray(String[]::new));
    return new Run(code, out.toString().lines().toList(), err.toString().lines().toList());
  }

  static Run of(String... arguments) {
    return of(List.of(arguments));
  }

  /// Asserts that all went well, and returns what was printed on standard output.
  List<String> done() {
    assertEquals(ExitCode.DONE.number(), code, this::toString);
    return out;
  }

  /// Asserts that it was refused before it began: one clear line, no result, no stack trace.
  String refused(ExitCode expected) {
    assertEquals(expected.number(), code, this::toString);
    assertEquals(List.of(), out, this::toString);
    int lines = expected == ExitCode.USAGE ? 2 : 1; // wrong usage is told where to read on
    assertEquals(lines, err.size(), this::toString);
    String line = err.getFirst();
    assertTrue(line.startsWith("kontext: "), line);
    assertFalse(line.startsWith("kontext: unexpected") || line.contains("Exception"), line);
    return line;
  }

  /// As [#refused(ExitCode)], and asserts that the line says all of these.
  void refused(ExitCode expected, String... words) {
    String line = refused(expected);
    for (String word : words) {
      assertTrue(line.contains(word), () -> "no \"" + word + "\" in: " + line);
    }
  }

  /// Asserts that it was refused when it had begun, in its last line, which says all of these.
  void refusedAfterWords(ExitCode expected, String... words) {
    new Run(code, out, err.subList(err.size() - 1, err.size())).refused(expected, words);
  }
}
