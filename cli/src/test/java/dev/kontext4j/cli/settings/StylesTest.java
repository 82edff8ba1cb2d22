package dev.kontext4j.cli.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.cli.failure.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StylesTest {
  private static final List<String> HOSTED =
      List.of(
          "3d-model",
          "analog-film",
          "anime",
          "cinematic",
          "comic-book",
          "craft-clay",
          "digital-art",
          "enhance",
          "fantasy-art",
          "isometric",
          "line-art",
          "low-poly",
          "neon-punk",
          "origami",
          "photographic",
          "pixel-art",
          "texture");

  @TempDir Path folder;

  private static List<String> names(Styles styles) {
    var names = new ArrayList<String>();
    styles.all().forEach(style -> names.add(style.name()));
    return names;
  }

  @Test
  void thoseOfHostedServicesAreThereAndEachIsASentenceOfItsOwn() {
    var styles = Styles.read(folder.resolve("absent"));
    assertEquals(HOSTED, names(styles));
    var texts = new ArrayList<String>();
    styles.all().forEach(style -> texts.add(style.text()));
    assertEquals(HOSTED.size(), texts.stream().distinct().count());
    assertTrue(texts.stream().allMatch(text -> text.matches("[A-Z].{40,}\\.")), texts::toString);
  }

  @Test
  void theUsersOwnComeBesidesAndBeforeOurs() throws IOException {
    Path own = folder.resolve("styles.toml");
    Files.writeString(own, "anime = \"Mine.\"\nwood-cut = \"As a wood cut.\"\n");
    var styles = Styles.read(own);
    assertEquals(HOSTED.size() + 1, names(styles).size());
    assertEquals(new Styles.Style("anime", "Mine.", true), styles.named("anime"));
    assertTrue(styles.named("wood-cut").own());
  }

  @Test
  void theyStandBehindTheUsersWords() {
    var style = new Styles.Style("x", "Show it so.", false);
    assertEquals("Show it so.", style.with(" "));
    assertEquals("make it red. Show it so.", style.with("make it red"));
    assertEquals("make it red! Show it so.", style.with("make it red! "));
  }

  @Test
  void oneThatIsNotThere() {
    var styles = Styles.read(folder.resolve("absent"));
    var e = assertThrows(UsageException.class, () -> styles.named("animee"));
    assertEquals("there is no style \"animee\"; kontext styles lists them", e.getMessage());
  }
}
