package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.sampler.picture.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The whole program with the embedded model, on unseen scenes, judged by pixels: what is asked for
/// happens, and the rest of the picture stays.
class ToyboxEditsTest {
  private static final double FOLLOWED = 0.85; // of the pixels that clearly change
  private static final double KEPT = 28; // dB

  @TempDir Path folder;

  static List<JudgedEdit> edits() throws IOException {
    return JudgedEdit.all();
  }

  private Picture result(JudgedEdit edit, String prompt) {
    Path out = folder.resolve("out.png");
    var arguments = new ArrayList<>(List.of("edit", "-p", prompt, "-o", out.toString()));
    arguments.addAll(List.of("--steps", "8", "--seed", edit.seed(), "--dtype", "f32"));
    edit.pictures().forEach(picture -> arguments.add(picture.toString()));
    Run.of(arguments).done();
    return JudgedEdit.read(out);
  }

  @ParameterizedTest
  @MethodSource("edits")
  void theEditIsFollowedAndTheRestStays(JudgedEdit edit) {
    var result = result(edit, edit.prompt());
    assertEquals(edit.target().size(), result.size());
    assertAll(
        () -> assertTrue(edit.followed(result) >= FOLLOWED, "followed " + edit.followed(result)),
        () -> assertTrue(edit.rest(result) >= KEPT, "rest " + edit.rest(result) + " dB"));
  }

  @Test
  void anotherPromptMakesAnotherPicture() throws IOException {
    var edits = edits();
    for (int i = 0; i < 3; i++) {
      var edit = edits.get(i);
      var result = result(edit, edits.get(i + 1).prompt());
      assertTrue(edit.followed(result) < FOLLOWED || edit.rest(result) < KEPT, edit::toString);
    }
  }
}
