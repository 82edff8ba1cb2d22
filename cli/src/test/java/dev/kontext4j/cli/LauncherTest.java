package dev.kontext4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kontext4j.cli.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `./kontext` itself, as it stands in the root of a clone.
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final Path LAUNCHER = Path.of("../kontext").toAbsolutePath().normalize();
  private static final int MINUTES = 10; // it may have to build

  @TempDir Path folder;

  private Workplace work;

  /// Builds, if need be; what is said then is not of the tests' business.
  @BeforeAll
  static void build() throws IOException, InterruptedException {
    var run = start(LAUNCHER, Path.of("."), List.of("--version"));
    assertEquals(ExitCode.DONE.number(), run.code(), run::toString);
  }

  @BeforeEach
  void prepare() throws IOException {
    work = Workplace.in(folder);
  }

  private static Run start(Path launcher, Path where, List<String> arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(arguments);
    Path err = Files.createTempFile("kontext4j-test", ".err");
    try {
      var builder =
          new ProcessBuilder(command).directory(where.toFile()).redirectError(err.toFile());
      List.of("LANG", "LC_ALL", "LC_CTYPE").forEach(builder.environment()::remove);
      var process = builder.start();
      var out = new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
      assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), "it does not end");
      return new Run(process.exitValue(), out, Files.readAllLines(err));
    } finally {
      Files.delete(err);
    }
  }

  private Run kontext(String... arguments) throws IOException, InterruptedException {
    return start(LAUNCHER, folder, List.of(arguments));
  }

  @Test
  void itIsBuiltOnce() throws IOException, InterruptedException {
    var run = kontext("--version");
    assertEquals(List.of(), run.err(), "no second build");
    assertTrue(run.done().getFirst().startsWith("kontext4j "), run::toString);
  }

  /// The shell that was used has no locale at all.
  @Test
  void aPromptOfAnyLettersReachesThePicture() throws IOException, InterruptedException {
    String prompt = "mach den Fuchs 🦊 größer & \"$HOME\" `x` 'y' *";
    var arguments = work.arguments("-p", prompt, "-o", "out.png", "photo.png");
    kontext(arguments.toArray(String[]::new)).done();
    var shown = kontext("show", "--json", "out.png").done().getFirst();
    assertEquals(prompt, new JsonMapper().readTree(shown).at("/recipe/prompt").asText());
  }

  @Test
  void exitCodesComeThrough() throws IOException, InterruptedException {
    kontext("edit", "--stpes", "3").refused(ExitCode.USAGE, "--stpes");
    kontext("show", "absent.png").refused(ExitCode.INPUT, "absent.png does not exist");
  }

  @Test
  void throughALinkFromElsewhere() throws IOException, InterruptedException {
    Path link = Files.createSymbolicLink(folder.resolve("my kontext"), LAUNCHER);
    assertTrue(start(link, folder, List.of("styles")).done().size() > 17);
    Files.delete(link); // JUnit does not like to
  }
}
