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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a run says on standard error: how far it is, and what the user would want to know.
class NotesTest {
  @TempDir Path folder;

  private Workplace work;

  @BeforeEach
  void prepare() throws IOException {
    work = Workplace.in(folder);
  }

  private List<String> notes(String... arguments) {
    var run = work.edit(arguments);
    run.done();
    return run.err();
  }

  @Test
  void progress() {
    assertEquals(
        List.of(
            "kontext: reading the prompt",
            "kontext: reading picture",
            "kontext: preparing the steps",
            "kontext: step 1 of 2",
            "kontext: step 2 of 2",
            "kontext: painting"),
        notes("--steps", "2"));
  }

  @Test
  void whoWantsNothingIsToldNothing() throws IOException {
    assertEquals(List.of(), notes("-q"));
    String line = work.edit("--quiet", "--model", work.path("absent")).refused(ExitCode.MODEL);
    assertTrue(line.contains("absent"), line);
  }

  @Test
  void aPreviewNeedsATerminal() {
    assertEquals(
        "kontext: --preview has no effect: it needs a terminal for input and for standard error",
        notes("--preview").getFirst());
  }

  @Test
  void previewsGoIntoAFileAfterEachStep() throws IOException {
    notes("--steps", "2", "--preview-file", work.path("so-far.jpg"));
    assertEquals("JPEG", work.format("so-far.jpg"));
    assertEquals(3 * 32 * 32, work.pixels("so-far.jpg").length); // half the result's size
    work.edit("--preview-file", work.path("x.gif")).refused(ExitCode.USAGE, "must end in .png");
    work.edit("--preview-file", work.path("no/x.png")).refused(ExitCode.INPUT, "no folder");
  }

  @Test
  void progressOfSeveralPictures() throws IOException {
    Files.copy(folder.resolve(Workplace.PICTURE), folder.resolve("second.png"));
    assertEquals(
        List.of(
            "kontext: reading the prompt",
            "kontext: reading picture 1 of 2",
            "kontext: reading picture 2 of 2",
            "kontext: preparing the steps",
            "kontext: step 1 of 1 (picture 1 of 2)",
            "kontext: painting (picture 1 of 2)",
            "kontext: step 1 of 1 (picture 2 of 2)",
            "kontext: painting (picture 2 of 2)"),
        notes("--count", "2", work.path("second.png")));
  }

  @Test
  void withoutASeedOneIsDrawnAndTold() throws IOException {
    var arguments = work.arguments();
    int at = arguments.indexOf("--seed");
    arguments.subList(at, at + 2).clear();
    var first = Run.of(arguments);
    first.done();
    String told = first.err().getFirst();
    assertTrue(told.startsWith("kontext: the seed is "), told);
    byte[] picture = work.bytes("out.png");

    arguments.addAll(List.of("--seed", told.substring(told.lastIndexOf(' ') + 1)));
    Run.of(arguments).done();
    assertArrayEquals(picture, work.bytes("out.png"));
  }

  @Test
  void aLongPromptLosesItsEndAndSaysSoOncePerEncoder() {
    String prompt = words(1, 90).replace(" ", "\n");
    var lost = notes("-p", prompt).stream().filter(line -> line.contains("lost")).toList();
    assertEquals(2, lost.size(), lost::toString);
    for (String line : lost) {
      assertTrue(line.endsWith(words(60, 90) + "\"). Shorten it"), line);
    }
    assertTrue(lost.getFirst().startsWith("kontext: CLIP sees only the beginning"), lost::toString);
    assertTrue(lost.getLast().startsWith("kontext: T5 sees only the beginning"), lost::toString);
  }

  private static String words(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
  }

  @Test
  void optionsWithoutEffect() {
    assertEquals(
        "kontext: --negative has no effect without --true-cfg above 1",
        notes("--negative", "blurry").getFirst());
    assertEquals(
        "kontext: --true-cfg has no effect without --negative",
        notes("--true-cfg", "3").getFirst());
    assertEquals(
        "kontext: --negative-2 has no effect without --negative",
        notes("--negative-2", "blurry").getFirst());
  }

  /// The reference takes them too: "" means: no wish.
  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "@home", "$HOME ${sys:user.home}", "\"quoted\"", "-x -- y"})
  void anyTextIsAPrompt(String prompt) {
    assertEquals("kontext: reading the prompt", notes("-p", prompt).getFirst());
  }

  /// picocli would read arguments from it.
  @Test
  void aPromptMayLookLikeTheNameOfAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("arguments"), "--steps=3");
    assertEquals("kontext: reading the prompt", notes("-p", "@" + file).getFirst());
  }

  @Test
  void aFailureShowsItsTraceOnRequestOnly() {
    String absent = work.path("absent");
    var plain = work.edit("--model", absent);
    assertEquals(1, plain.err().size());
    for (var arguments : List.of(List.of("--debug", "edit"), List.of("edit", "--debug"))) {
      var all = new ArrayList<>(arguments);
      all.addAll(List.of("-p", "x", "-o", work.path("out.png"), "--model", absent));
      var run = Run.of(all);
      assertEquals(ExitCode.MODEL.number(), run.code());
      assertEquals(plain.err().getFirst(), run.err().getFirst());
      assertTrue(
          run.err().get(1).startsWith("dev.kontext4j.engine.CheckpointException"), run::toString);
      assertTrue(run.err().get(2).startsWith("\tat "), run::toString);
    }
  }
}
