package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What somebody does first who has cloned the project: `./kontext` with an example and the
/// embedded model, as a process.
@DisabledOnOs(OS.WINDOWS)
class FirstMinuteTest {
  private static final Path EXAMPLE = Path.of("../examples/shapes.png");
  private static final String PROMPT = "make the circle blue";

  @TempDir Path folder;

  private Launcher kontext;
  private Workplace work;

  @BeforeAll
  static void build() throws IOException, InterruptedException {
    Launcher.in(Path.of(".")).run("--version").done();
  }

  @BeforeEach
  void prepare() throws IOException {
    Files.copy(EXAMPLE, folder.resolve("shapes.png"));
    kontext = Launcher.in(folder);
    work = new Workplace(folder);
  }

  private static List<String> arguments(String picture, String... more) {
    var arguments = new ArrayList<>(List.of("edit", picture, "-p", PROMPT, "--seed", "5"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  /// A quick edit: in 4 steps.
  private Run edit(String... more) throws IOException, InterruptedException {
    var arguments = arguments("shapes.png", "--steps", "4");
    arguments.addAll(List.of(more));
    return kontext.run(arguments);
  }

  private JsonNode recipe(String picture) throws IOException, InterruptedException {
    return new JsonMapper()
        .readTree(kontext.run("show", "--json", picture).done().getFirst())
        .get("recipe");
  }

  @Test
  void aResultBesideTheSourceAndWhichModelMadeIt() throws IOException, InterruptedException {
    var run = edit();
    assertEquals(List.of("shapes-edited.png"), run.done());
    assertEquals(
        1, run.err().stream().filter(line -> line.contains("toybox")).count(), run::toString);
    assertEquals("toybox", recipe("shapes-edited.png").at("/model/name").asText());
  }

  @Test
  void nothingIsOverwritten() throws IOException, InterruptedException {
    edit().done();
    byte[] first = work.bytes("shapes-edited.png");
    assertEquals(List.of("shapes-edited-2.png"), edit("--guidance", "3").done());
    assertArrayEquals(first, work.bytes("shapes-edited.png"));
  }

  @Test
  void theSamePictureAgain() throws IOException, InterruptedException {
    edit().done();
    var again = kontext.run("replay", "shapes-edited.png", "-o", "again.png");
    again.done();
    assertTrue(again.err().contains("kontext: identical, pixel for pixel"), again::toString);
    assertArrayEquals(work.bytes("shapes-edited.png"), work.bytes("again.png"));
  }

  @Test
  void throughAPipe() throws IOException, InterruptedException {
    edit().done();
    kontext
        .within("cat shapes.png | \"$@\" | cat > piped.png")
        .run(arguments("-", "--steps", "4", "-o", "-"))
        .done();
    assertArrayEquals(work.pixels("shapes-edited.png"), work.pixels("piped.png"));
  }

  @Test
  void aStyleIsAskedForInThePrompt() throws IOException, InterruptedException {
    edit("--style", "pixel-art").done();
    var prompt = recipe("shapes-edited.png").get("prompt").asText();
    assertTrue(prompt.startsWith(PROMPT + ". ") && prompt.contains("pixel-art"), prompt);
  }

  /// A flag goes before a variable, and that before the settings file.
  @Test
  void precedence() throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("config/kontext4j"));
    Files.writeString(folder.resolve("config/kontext4j/config.toml"), "steps = 2\n");
    var edit = arguments("shapes.png");
    var withVariable = kontext.within("KONTEXT4J_STEPS=3 \"$@\"");
    kontext.run(edit).done();
    withVariable.run(edit).done();
    withVariable.run(arguments("shapes.png", "--steps", "4")).done();
    assertEquals(2, recipe("shapes-edited.png").get("steps").asInt());
    assertEquals(3, recipe("shapes-edited-2.png").get("steps").asInt());
    assertEquals(4, recipe("shapes-edited-3.png").get("steps").asInt());
  }

  @Test
  void ctrlCReachesTheProgram() throws IOException, InterruptedException {
    assumeTrue(Signals.interruptsReachChildren(), Signals.IGNORED);
    var process = kontext.start(arguments("shapes.png", "--steps", "100"));
    try (var err = process.errorReader()) {
      String line = err.readLine();
      while (line != null && !line.endsWith("step 2 of 100")) {
        line = err.readLine();
      }
      Signals.interrupt(process.pid());
      assertEquals(130, process.waitFor(), line);
    }
    assertEquals(List.of("shapes.png"), work.results());
  }
}
