package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kontext4j.cli.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// How `./kontext` finds and starts the program.
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  @TempDir Path folder;

  private Workplace work;

  /// Builds, if need be; what is said then is not of the tests' business.
  @BeforeAll
  static void build() throws IOException, InterruptedException {
    Launcher.in(Path.of(".")).run("--version").done();
  }

  @BeforeEach
  void prepare() throws IOException {
    work = Workplace.in(folder);
  }

  private Run kontext(String... arguments) throws IOException, InterruptedException {
    return Launcher.in(folder).run(arguments);
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
    Path link = Files.createSymbolicLink(folder.resolve("my kontext"), Launcher.SCRIPT);
    var linked = new Launcher(List.of(link.toString()), folder);
    assertTrue(linked.run("styles").done().size() > 17);
    Files.delete(link); // JUnit does not like to
  }
}
