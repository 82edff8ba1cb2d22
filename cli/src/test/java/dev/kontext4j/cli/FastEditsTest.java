package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kontext4j.testkit.GoldenFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Edits that take shortcuts, with the embedded model: they are as good, they say what they did,
/// and they can be made again.
class FastEditsTest {
  private static final double FOLLOWED = 0.85; // of the pixels that clearly change
  private static final double KEPT = 28; // dB
  private static final int SOME = 4;
  private static final int STEPS = 28;
  private static final int FEW = 12; // steps, of which shortcuts with more leeway spare some

  @TempDir Path folder;

  private Run edit(JudgedEdit edit, String... more) {
    return edit(STEPS, edit, more);
  }

  private Run edit(int steps, JudgedEdit edit, String... more) {
    var arguments = new ArrayList<>(List.of("edit", "-p", edit.prompt(), "--model", "toybox"));
    arguments.addAll(List.of("-o", folder.resolve("out.png").toString()));
    arguments.addAll(List.of("--steps", Integer.toString(steps)));
    arguments.addAll(List.of("--seed", edit.seed(), "--dtype", "f32"));
    arguments.addAll(List.of(more));
    edit.pictures().forEach(picture -> arguments.add(picture.toString()));
    return Run.of(arguments);
  }

  private byte[] pixels(String name) {
    return new Workplace(folder).pixels(name);
  }

  private static JudgedEdit anEdit() throws IOException {
    return JudgedEdit.all().getFirst();
  }

  private static JsonNode spared(Run run) throws IOException {
    var report = new JsonMapper().readTree(run.done().getFirst());
    return report.get("pictures").get(0).get("spared");
  }

  /// Every edit with all there is, and some of them with each.
  static Stream<Arguments> editsEachWay() throws IOException {
    var edits = JudgedEdit.all();
    return Stream.concat(
        edits.stream().map(edit -> Arguments.of("first-block,references", edit)),
        Stream.of("first-block", "teacache", "references")
            .flatMap(fast -> edits.stream().limit(SOME).map(edit -> Arguments.of(fast, edit))));
  }

  @ParameterizedTest
  @MethodSource("editsEachWay")
  void theEditIsFollowedAndTheRestStays(String fast, JudgedEdit edit) throws IOException {
    var spared = spared(edit(edit, "--fast", fast, "--json"));
    assertTrue(
        spared.get("taken").asInt() + spared.get("without-references").asInt() > 4,
        spared::toString);
    var result = JudgedEdit.read(folder.resolve("out.png"));
    assertAll(
        () -> assertTrue(edit.followed(result) >= FOLLOWED, "followed " + edit.followed(result)),
        () -> assertTrue(edit.rest(result) >= KEPT, "rest " + edit.rest(result) + " dB"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"first-block=0", "teacache=0", "references=1"})
  void whatSparesNothingChangesNothing(String fast) throws IOException {
    edit(FEW, anEdit()).done();
    byte[] exact = pixels("out.png");
    var run = edit(FEW, anEdit(), "--fast", fast, "--json");
    assertEquals(0, spared(run).get("taken").asInt());
    assertArrayEquals(exact, pixels("out.png"));
  }

  @Test
  void whatWasSparedIsSaid() throws IOException {
    var run = edit(anEdit(), "--fast", "first-block,references", "--json");
    var spared = spared(run);
    int taken = spared.get("taken").asInt();
    assertEquals(28, spared.get("all").asInt());
    assertEquals(28 - taken, spared.get("computed").asInt());
    var said = String.join("\n", run.err());
    assertTrue(said.contains(taken + " of 28 steps were taken from the step before"), said);
    assertTrue(
        said.contains(
            spared.get("without-references").asInt()
                + " of 28 steps were computed without the pictures that go in"),
        said);
    // 64 tokens of 160 numbers in 7 blocks, keys and values, f32
    assertTrue(said.matches("(?s).*kept from step to step: [0-9.]+ [kM]B.*"), said);
  }

  @Test
  void exactEditsSayNothing() throws IOException {
    var run = edit(FEW, anEdit(), "--json");
    assertFalse(String.join("\n", run.err()).contains("steps were"), run::toString);
    assertFalse(run.done().getFirst().contains("spared"), run::toString);
  }

  @Test
  void theRecipeTellsAndReplayMakesItAgain() throws IOException {
    edit(anEdit()).done();
    byte[] exact = pixels("out.png");
    edit(anEdit(), "--fast", "first-block,references").done();
    assertFalse(Arrays.equals(exact, pixels("out.png")));
    String file = folder.resolve("out.png").toString();
    String shown = String.join("\n", Run.of("show", file).done());
    assertTrue(shown.contains("fast      first-block=0.08,references=2"), shown);
    var arguments = new ArrayList<>(List.of("replay", file, "-o"));
    arguments.add(folder.resolve("again.png").toString());
    anEdit().pictures().forEach(picture -> arguments.add(picture.toString()));
    var replay = Run.of(arguments);
    replay.done();
    assertTrue(replay.err().contains("kontext: identical, pixel for pixel"), replay::toString);
  }

  @Test
  void everyPictureOfARunIsByItself() throws IOException {
    var edit = anEdit();
    edit(edit, "--fast", "first-block,references", "--count", "2").done();
    byte[] second = pixels("out-2.png");
    String seed = Long.toString(Long.parseLong(edit.seed()) + 1);
    var other =
        new JudgedEdit("", edit.prompt(), edit.pictures(), edit.source(), edit.target(), seed);
    edit(other, "--fast", "first-block,references").done();
    assertArrayEquals(second, pixels("out.png"));
  }

  /// Each prompt remembers its own steps: then two that are alike cancel out, in every bit.
  @Test
  void everyPromptOfAPictureIsByItself() throws IOException {
    edit(anEdit(), "--fast", "first-block,references").done();
    byte[] alone = pixels("out.png");
    var run =
        edit(
            anEdit(),
            "--fast",
            "first-block,references",
            "--negative",
            anEdit().prompt(),
            "--true-cfg",
            "3",
            "--json");
    assertEquals(56, spared(run).get("all").asInt());
    assertEquals(0, spared(run).get("taken").asInt() % 2);
    assertArrayEquals(alone, pixels("out.png"));
  }

  @Test
  void withoutPicturesThereAreNoReferences() throws IOException {
    var work = Workplace.in(folder);
    var run = Run.of(work.arguments("--fast", "references"));
    run.done();
    assertTrue(
        run.err().contains("kontext: --fast references has no effect, since no pictures go in"),
        run::toString);
  }

  @Test
  void benchMeasuresIt() throws IOException {
    var model = GoldenFiles.path("model").toString();
    var arguments = List.of("bench", "--model", model, "--width", "64", "--height", "64");
    var all = new ArrayList<>(arguments);
    all.addAll(List.of("--steps", "4", "--fast", "references", "--json"));
    var report = new JsonMapper().readTree(Run.of(all).done().getFirst());
    assertEquals("references=2", report.get("fast").asText());
    assertEquals(2, report.get("spared").get("without-references").asInt());
    assertFalse(report.has("share"), report::toString);
    all.removeLast();
    var lines = Run.of(all).done();
    assertTrue(
        lines.contains("spared       2 of 4 steps were computed without the pictures that go in"),
        lines::toString);
  }
}
