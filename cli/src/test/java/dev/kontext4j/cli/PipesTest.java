package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.cli.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Pictures that come through a pipe and go through one, as a shell ties them together.
@DisabledOnOs(OS.WINDOWS)
class PipesTest {
  @TempDir Path folder;

  private Workplace work;

  @BeforeEach
  void prepare() throws IOException {
    work = Workplace.in(folder);
  }

  /// @param tied what the shell does; "$@" in it is the program with its arguments
  private Run run(String tied, String... arguments) throws IOException, InterruptedException {
    var all = new ArrayList<>(work.arguments(arguments));
    var shell = List.of("/bin/sh", "-c", "cd '" + folder + "' && " + tied, "sh");
    try (var process = KontextProcess.start(shell, List.of(), all)) {
      return process.end();
    }
  }

  @Test
  void fromStandardInputToStandardOutput() throws IOException, InterruptedException {
    work.edit("-o", work.path("expected.png")).done();
    assertEquals(List.of(), run("\"$@\" < photo.png > piped.png", "-", "-o", "-").done());
    assertArrayEquals(work.pixels("expected.png"), work.pixels("piped.png"));
    assertEquals("PNG", work.format("piped.png"));
  }

  @Test
  void standardOutputTakesAnyFormat() throws IOException, InterruptedException {
    run("\"$@\" < photo.png > piped", "-", "-o", "-", "--format", "webp", "--lossless").done();
    assertEquals("WEBP", work.format("piped"));
  }

  @Test
  void nobodyReads() throws IOException, InterruptedException {
    var run = run("{ \"$@\"; echo $? > code; } | :", "photo.png", "-o", "-");
    assertEquals(ExitCode.FAILED.number() + "\n", Files.readString(folder.resolve("code")));
    String line = run.err().getLast();
    assertTrue(line.startsWith("kontext: Could not write standard output ("), run::toString);
  }

  @Test
  void nothingComes() throws IOException, InterruptedException {
    run("\"$@\" < /dev/null", "-").refused(ExitCode.INPUT, "standard input");
    run("echo no picture | \"$@\"", "-").refused(ExitCode.INPUT, "standard input");
  }

  @Test
  void whatCannotGoThroughAPipe() throws IOException, InterruptedException {
    run("\"$@\" > out", "photo.png", "-o", "-", "--count", "2")
        .refused(ExitCode.USAGE, "-o - takes one picture");
    run("\"$@\" > out", "photo.png", "-o", "-", "--json").refused(ExitCode.USAGE, "--json");
    run("\"$@\"", "-", "-").refused(ExitCode.USAGE, "only once");
  }
}
