package dev.kontext4j.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.cli.picture.AlphaMode;
import dev.kontext4j.cli.picture.PictureReader;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.quant.Precision;
import dev.kontext4j.sampler.fast.Fast;
import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.testkit.GoldenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EditListTest {
  @TempDir Path folder;

  private String run(Path model, String manifest, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("manifest.jsonl"), manifest.replace('\'', '"'));
    var arguments =
        new ArrayList<>(
            List.of(model.toString(), file.toString(), folder.resolve("out").toString()));
    arguments.addAll(List.of(options));
    return EditList.run(arguments);
  }

  private Picture made(String id) {
    return read(folder.resolve("out").resolve(id + ".png"));
  }

  private static Picture read(Path file) {
    return new PictureReader(AlphaMode.DROP).read(file);
  }

  @Test
  void anEditIsTheReferences() throws IOException {
    String line =
        run(
            GoldenFiles.path("model"),
            """
            {'id': 'a', 'prompt': 'make the sky purple', 'pictures': [], 'seed': 42, \
            'width': 64, 'height': 96}
            """,
            "--steps",
            "4");
    assertTrue(
        line.matches("1 edits, \\d+\\.\\d{3} s each; of 4 steps 0 taken, 0 without references"),
        line);
    byte[] expected = read(GoldenFiles.path("edits/no_reference/reference.png")).rgb();
    byte[] actual = made("a").rgb();
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i] & 0xff, actual[i] & 0xff, 1, "byte " + i);
    }
  }

  @Test
  void everyLineIsMadeWithItsOwnPictureAndSeed() throws IOException {
    Path square = GoldenFiles.path("edits/square/square.png");
    Files.copy(square, Files.createDirectory(folder.resolve("pictures")).resolve("square.png"));
    Files.copy(GoldenFiles.path("edits/bucket/small.png"), folder.resolve("small.png"));
    run(
        smallModel(),
        """
        {'id': 'a', 'prompt': 'x', 'pictures': ['small.png'], 'seed': 1}
        {'id': 'b', 'prompt': 'x', 'pictures': ['pictures/square.png'], 'seed': 1}
        {'id': 'c', 'prompt': 'x', 'pictures': ['small.png'], 'seed': 2}
        {'id': 'd', 'prompt': 'x', 'pictures': ['small.png'], 'seed': 1}
        """,
        "--steps",
        "1",
        "--dtype",
        "bfloat16",
        "--guidance",
        "3");
    assertNotEquals(made("a"), made("b"));
    assertNotEquals(made("a"), made("c"));
    assertEquals(made("a"), made("d"));
  }

  /// The tiny model, with pictures of 64x64 as its own size.
  private Path smallModel() throws IOException {
    Path model = GoldenFiles.path("model");
    Path copy = folder.resolve("model");
    try (var files = Files.walk(model)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, copy.resolve(model.relativize(file)));
      }
    }
    Files.writeString(
        copy.resolve("native_sizes.json"), "{\"area\": 4096, \"buckets\": [[64, 64]]}");
    return copy;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "{'id': 'a/b', 'prompt': 'x', 'pictures': [], 'seed': 1}",
        "{'id': 'b', 'pictures': [], 'seed': 1}",
        "{'id': 'b', 'prompt': 'x', 'seed': 1}",
        "{'id': 'b', 'prompt': 'x', 'pictures': []}",
        "{'id': 'b', 'prompt': 'x', 'pictures': [], 'seed': 1, 'width': '64'}",
        "{'id': 'a', 'prompt': 'x', 'pictures': [], 'seed': 1}", // twice
      })
  void aLineThatIsNoEditIsNamedBeforeAnyWork(String second) {
    String first = "{'id': 'a', 'prompt': 'x', 'pictures': [], 'seed': 1}\n";
    var e = assertThrows(IllegalArgumentException.class, () -> run(folder, first + second));
    assertTrue(String.valueOf(e.getMessage()).contains("manifest.jsonl, line 2: "), e::getMessage);
    assertTrue(Files.notExists(folder.resolve("out")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--steps x", "--steps", "--dtype f64", "--guidance ?", "--stpes 3"})
  void wrongOptionsAreTold(String options) {
    var e =
        assertThrows(IllegalArgumentException.class, () -> run(folder, "", options.split(" ", -1)));
    assertTrue(String.valueOf(e.getMessage()).startsWith(options.split(" ", -1)[0]), e::getMessage);
    assertTrue(String.valueOf(e.getMessage()).contains("usage: edit-list "), e::getMessage);
  }

  @Test
  void optionsAreTaken() {
    var given = "toybox list.jsonl out --steps 3 --dtype bfloat16 --precision int8 --guidance 1.5";
    assertEquals(
        new EditListOptions(
            "toybox",
            Path.of("list.jsonl"),
            Path.of("out"),
            3,
            DType.BF16,
            Precision.INT8,
            1.5f,
            Fast.EXACT),
        EditListOptions.of(List.of(given.split(" ", -1))));
  }

  @Test
  void withoutAManifestTheUsageIsTold() {
    var arguments = List.of("toybox", "--steps", "3");
    assertThrows(IllegalArgumentException.class, () -> EditList.run(arguments));
  }
}
