package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.kontext4j.cli.picture.AlphaMode;
import dev.kontext4j.cli.picture.PictureReader;
import dev.kontext4j.sampler.picture.Size;
import dev.kontext4j.testkit.GoldenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What options change, and what they leave alone, beyond what the goldens show.
class ChoicesTest {
  @TempDir Path folder;

  private Workplace work;

  @BeforeEach
  void prepare() throws IOException {
    work = Workplace.in(folder);
  }

  private byte[] picture(String... arguments) throws IOException {
    work.edit(arguments).done();
    return work.pixels("out.png");
  }

  private static void assertDiffer(byte[] a, byte[] b) {
    assertFalse(Arrays.equals(a, b));
  }

  @Test
  void comfyUisNoiseIsThatOfF32InBothTypes() throws IOException {
    assertArrayEquals(picture(), picture("--noise", "comfyui"));
    byte[] inBf16 = picture("--dtype", "bf16", "--noise", "comfyui");
    assertArrayEquals(picture("--dtype", "bf16", "--noise-dtype", "f32"), inBf16);
    assertDiffer(picture("--dtype", "bf16"), inBf16);
    assertArrayEquals(
        picture("--dtype", "bf16"), picture("--dtype", "bf16", "--noise-dtype", "bf16"));
  }

  @Test
  void bf16IsAnotherArithmetic() throws IOException {
    assertDiffer(picture(), picture("--dtype", "bf16", "--noise-dtype", "f32"));
  }

  @Test
  void enumsMayBeWrittenInAnyCase() throws IOException {
    assertArrayEquals(picture("--noise-dtype", "f16"), picture("--noise-dtype", "F16"));
  }

  @Test
  void transparencyIsLaidOverWhiteOrDropped() throws IOException {
    assertArrayEquals(picture("--alpha", "drop"), picture()); // the picture has none
    Files.copy(
        GoldenFiles.path("edits/alpha_dropped/alpha.png"), folder.resolve("transparent.png"));
    String transparent = work.path("transparent.png");
    byte[] white = picture(transparent);
    assertArrayEquals(white, picture(transparent, "--alpha", "white"));
    assertDiffer(white, picture(transparent, "--alpha", "drop"));
  }

  @Test
  void referencesAreToldApart() throws IOException {
    Files.copy(GoldenFiles.path("edits/bucket/small.png"), folder.resolve("second.png"));
    byte[] one = picture();
    byte[] two = picture(work.path("second.png"));
    assertDiffer(one, two);
    assertDiffer(two, picture(work.path("second.png"), "--references", "offset"));
  }

  @Test
  void aNegativeActsWithTrueCfgAboveOneOnly() throws IOException {
    byte[] without = picture();
    assertArrayEquals(without, picture("--negative", "blurry", "--true-cfg", "1"));
    assertDiffer(without, picture("--negative", "blurry", "--true-cfg", "2"));
  }

  @Test
  void theSecondPromptReplacesT5sAlone() throws IOException {
    byte[] one = picture("-p", "a", "--prompt-2", "b");
    assertDiffer(one, picture("-p", "a"));
    assertDiffer(one, picture("-p", "b"));
    assertArrayEquals(picture("-p", "a"), picture("-p", "a", "--prompt-2", "a"));
  }

  /// 117x70 falls into the bucket of 1328x800, and 1.66 is the aspect of 96x64 cut to the grid.
  @Test
  void withoutASizeTheShapeIsTheFirstPicturesBucket() throws IOException {
    Files.copy(GoldenFiles.path("edits/wide/wide.png"), folder.resolve("wide.png"));
    var arguments = work.arguments("--max-area", "6200");
    for (String side : new String[] {"--width", "--height"}) {
      int at = arguments.indexOf(side);
      arguments.subList(at, at + 2).clear();
    }
    arguments.add(work.path("wide.png"));
    Run.of(arguments).done();
    var size = new PictureReader(AlphaMode.DROP).read(folder.resolve("out.png")).size();
    assertEquals(new Size(96, 48), size);
  }

  @Test
  void aModelsOwnSizesAreTheDefault() throws IOException {
    Path model = work.modelCopy();
    Files.writeString(
        model.resolve("native_sizes.json"),
        "{\"area\": 9300, \"buckets\": [[64, 112], [112, 64]]}");
    var common = List.of("-p", "x", "--steps", "1", "--model", model.toString());
    assertEquals(new Size(96, 96), sizeOf(common, List.of()));
    Path wide = GoldenFiles.path("edits/wide/wide.png");
    assertEquals(new Size(112, 64), sizeOf(common, List.of(wide.toString())));
  }

  private Size sizeOf(List<String> arguments, List<String> pictures) {
    var all = new ArrayList<>(List.of("edit", "-o", work.path("out.png")));
    all.addAll(arguments);
    all.addAll(pictures);
    Run.of(all).done();
    return new PictureReader(AlphaMode.DROP).read(folder.resolve("out.png")).size();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--force", "--as-generated"})
  void optionsThatChangeNothingToday(String option) throws IOException {
    assertArrayEquals(picture(), picture(option));
  }
}
