package dev.kontext4j.cli;

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

/// Defaults that a user has settled, in processes that have an environment of their own.
@DisabledOnOs(OS.WINDOWS)
class SettledTest {
  @TempDir Path folder;

  private Workplace work;
  private Path config;

  @BeforeEach
  void prepare() throws IOException {
    work = Workplace.in(Files.createDirectory(folder.resolve("work")));
    config = Files.createDirectories(folder.resolve("config/kontext4j")).resolve("config.toml");
  }

  /// The smallest edit without the options that the settings shall give.
  private Run edit(List<String> variables, List<String> without, String... more)
      throws IOException, InterruptedException {
    var arguments = new ArrayList<>(work.arguments(more));
    for (String option : without) {
      int at = arguments.indexOf(option);
      arguments.subList(at, at + 2).clear();
    }
    arguments.add(work.path(Workplace.PICTURE));
    var prefix =
        new ArrayList<>(List.of("/usr/bin/env", "XDG_CONFIG_HOME=" + folder.resolve("config")));
    prefix.addAll(variables);
    try (var process = KontextProcess.start(prefix, List.of(), arguments)) {
      return process.end();
    }
  }

  private static long steps(Run run) {
    return run.err().stream().filter(line -> line.contains(": step ")).count();
  }

  @Test
  void aFlagGoesBeforeAVariableAndAVariableBeforeTheFile()
      throws IOException, InterruptedException {
    Files.writeString(config, "steps = 2\nmodel = \"" + Workplace.model() + "\"\n");
    var three = List.of("KONTEXT4J_STEPS=3");
    assertEquals(2, steps(edit(List.of(), List.of("--steps", "--model"))));
    assertEquals(3, steps(edit(three, List.of("--steps", "--model"))));
    assertEquals(1, steps(edit(three, List.of("--model"))));
    assertEquals(2, steps(edit(three, List.of("--model", "--steps"), "--sigmas", "1,0.5")));
  }

  @Test
  void resultsGoIntoTheFolderThatIsSettled() throws IOException, InterruptedException {
    Path results = Files.createDirectory(folder.resolve("results"));
    Files.writeString(config, "output-folder = '" + results + "'\nformat = 'webp'\nquality = 70\n");
    var run = edit(List.of(), List.of("-o"));
    assertEquals(List.of(results.resolve("photo-edited.webp").toString()), run.done());
    edit(List.of(), List.of()).done();
    assertEquals("PNG", work.format("out.png"));
  }

  @Test
  void aBadValueIsRefusedWithItsOrigin() throws IOException, InterruptedException {
    Files.writeString(config, "steps = 500\n");
    edit(List.of(), List.of("--steps"))
        .refused(
            ExitCode.USAGE, "'500' is not a whole number from 1 to 100", "it comes from " + config);
    edit(List.of("KONTEXT4J_DEVICE=gpu"), List.of("--steps"), "--steps", "1")
        .refused(ExitCode.USAGE, "no device 'gpu'", "it comes from KONTEXT4J_DEVICE");
  }

  @Test
  void stylesOfOnesOwn() throws IOException, InterruptedException {
    Files.writeString(config.resolveSibling("styles.toml"), "mine = 'Paint it blue.'\n");
    edit(List.of(), List.of("-p"), "--style", "mine").done();
    String shown = String.join(" ", Run.of("show", work.path("out.png")).done());
    assertTrue(shown.contains("prompt    Paint it blue."), shown);
  }
}
