package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.testkit.GoldenFiles;
import dev.kontext4j.testkit.ModelCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// LoRAs on the command line. What they do to weights is tested in `lora`, and whole edits beside
/// the reference by [GoldenEditsTest].
class LoraTest {
  private static final String ONE = GoldenFiles.path("lora/one.safetensors").toString();
  private static final String TWO = GoldenFiles.path("lora/two.safetensors").toString();

  @TempDir Path folder;
  private Workplace workplace;

  @BeforeEach
  void prepare() throws IOException {
    workplace = Workplace.in(folder);
  }

  private byte[] edited(String name, String... loras) {
    var arguments = new ArrayList<>(List.of("-o", workplace.path(name)));
    for (String lora : loras) {
      arguments.addAll(List.of("--lora", lora));
    }
    workplace.edit(arguments.toArray(String[]::new)).done();
    return workplace.pixels(name);
  }

  @Test
  void whatWasUsedIsSaid() {
    var run = workplace.edit("--lora", ONE + ":0.5");
    run.done();
    assertTrue(
        run.err().stream()
            .anyMatch(line ->
                line.contains(
                    "one.safetensors: 30 of 30 keys used, 2+2 blocks, CLIP, rank 2, LoRA,"
                        + " diffusers; it does not say what it was trained for")),
        run::toString);
  }

  @Test
  void theOrderDoesNotMatterAndBlocksDo() {
    byte[] both = edited("a.png", ONE + ":0.8", TWO + ":-0.5");
    assertArrayEquals(both, edited("b.png", TWO + ":-0.5", ONE + ":0.8"));
    assertFalse(Arrays.equals(both, edited("c.png", ONE + ":0.8")));
    byte[] none = edited("d.png");
    assertArrayEquals(none, edited("e.png", ONE + ":0"));
    assertArrayEquals(none, edited("f.png", ONE + "@double.7-9"));
    assertFalse(Arrays.equals(none, edited("g.png", ONE + "@single,other")));
    assertFalse(Arrays.equals(none, edited("h.png", ONE + ":2@/attn.*qkv/")));
    assertFalse(Arrays.equals(none, edited("i.png", TWO + "@clip")));
  }

  @Test
  void aNameIsLookedUpInTheFolder() throws IOException {
    Path loras = Files.createDirectory(folder.resolve("loras"));
    Files.copy(Path.of(ONE), loras.resolve("a:b@c.safetensors"));
    workplace.edit("--lora-folder", loras.toString(), "--lora", "a:b@c:0.5@double").done();
    workplace
        .edit(
            "--lora-folder", loras.toString(), "--lora", "other:0.5", "-o", workplace.path("x.png"))
        .refused(ExitCode.MODEL, "no LoRA \"other\"");
  }

  @Test
  void aPictureIsMadeAgainWithItsLoras() throws IOException {
    Path lora = folder.resolve("mine.safetensors");
    Files.copy(Path.of(ONE), lora);
    edited("made.png", lora + ":0.8", TWO + ":-0.5@double.0-1,single");
    var shown = String.join("\n", Run.of("show", workplace.path("made.png")).done());
    assertTrue(shown.contains("mine.safetensors at 0.8"), shown);
    assertTrue(shown.contains("two.safetensors at -0.5 on double.0-1,single"), shown);
    var replay =
        List.of(
            "replay",
            workplace.path("made.png"),
            "--model",
            Workplace.model().toString(),
            "--lora",
            TWO,
            "-o",
            workplace.path("again.png"));
    assertTrue(Run.of(replay).err().getLast().contains("identical, pixel for pixel"));
    Files.write(lora, new byte[] {0}, StandardOpenOption.APPEND);
    Run.of(replay).refused(ExitCode.MODEL, "mine.safetensors", "sha256", "--lora");
  }

  @ParameterizedTest
  @CsvSource({
    "one:1e9,USAGE,scale",
    "one:x.y,MODEL,no LoRA",
    "one:1@triple,USAGE,names no blocks",
    "one@double.9-2,USAGE,ends before it begins",
    "one:1@/(/,USAGE,no regular expression",
    "one:.,USAGE,scale",
    "missing,MODEL,no LoRA",
    "missing.safetensors:1,MODEL,no LoRA"
  })
  void whatCannotBeMeantIsRefused(String text, ExitCode code, String words) throws IOException {
    Files.copy(Path.of(ONE), folder.resolve("one.safetensors"));
    workplace.edit("--lora-folder", folder.toString(), "--lora", text).refused(code, words);
    assertEquals(List.of("one.safetensors"), workplace.results());
  }

  @Test
  void anAdapterOfAnotherSizeIsRefused() throws IOException {
    Path file = folder.resolve("bad.safetensors");
    Files.write(file, new byte[20]);
    workplace.edit("--lora", file.toString()).refused(ExitCode.MODEL, "bad.safetensors");
    var arguments =
        List.of(
            "edit",
            workplace.path(Workplace.PICTURE),
            "-p",
            "x",
            "--model",
            "toybox",
            "--lora",
            ONE);
    Run.of(arguments).refused(ExitCode.MODEL, "do not fit");
  }

  @Test
  void inspectionTellsBlocksAndWords() throws IOException {
    var model = Workplace.model().toString();
    var shown = String.join("\n", Run.of("lora", "inspect", ONE, "--model", model).done());
    for (String part :
        List.of("30 of 30 used", "diffusers", "2 double, 2 single", "most in", "clip")) {
      assertTrue(shown.contains(part), shown);
    }
    var json = Run.of("lora", "inspect", ONE, TWO, "--json", "--model", model).done();
    assertEquals(2, json.size());
    var object = new JsonMapper().readTree(json.getFirst());
    assertEquals(30, object.get("used").asInt());
    assertTrue(object.get("norms").get("double.0").asDouble() > 0, json::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"diffusers", "kohya", "bfl"})
  void aConvertedLoraMakesTheSamePicture(String form) {
    String file = workplace.path(form + ".safetensors");
    var model = Workplace.model().toString();
    Run.of("lora", "convert", ONE, file, "--to", form, "--model", model).done();
    assertNear(edited("before.png", ONE), edited("after.png", file));
  }

  @Test
  void severalBecomeOneFile() {
    String file = workplace.path("both.safetensors");
    var model = Workplace.model().toString();
    Run.of("lora", "merge", ONE + ":0.8", TWO + ":-0.5", "-o", file, "--model", model).done();
    assertNear(edited("before.png", ONE + ":0.8", TWO + ":-0.5"), edited("after.png", file));
  }

  @Test
  void aBakedModelNeedsNoLora() {
    String baked = workplace.path("baked");
    var model = Workplace.model().toString();
    var merge = List.of("lora", "merge", ONE + ":0.8", "--into", model, "-o", baked);
    assertEquals(List.of(baked), Run.of(merge).done());
    workplace.edit("--model", baked, "-o", workplace.path("after.png")).done();
    assertNear(edited("before.png", ONE + ":0.8"), workplace.pixels("after.png"));
    Run.of(merge).refused(ExitCode.INPUT, "is there already");

    String difference = workplace.path("difference.safetensors");
    Run.of("lora", "extract", model, baked, "-o", difference, "--rank", "8").done();
    assertNear(edited("before.png", ONE + ":0.8"), edited("extracted.png", difference));
    byte[] ofTheEncoder = edited("encoder.png", ONE + ":0.8@clip");
    assertFalse(Arrays.equals(edited("without.png"), ofTheEncoder), "it acts in the encoder, too");
    assertNear(ofTheEncoder, edited("extracted.png", difference + "@clip"));
  }

  /// What the form has no place for is said.
  @Test
  void differencesOfBiasesAndNormsAreExtracted() throws IOException {
    var tuned = workplace.modelCopy();
    changeOne(tuned, "text_encoder", "text_model.encoder.layers.0.mlp.fc2.bias");
    changeOne(tuned, "text_encoder_2", "encoder.final_layer_norm.weight");
    var model = Workplace.model().toString();
    var extract = List.of("lora", "extract", model, tuned.toString(), "-o");
    for (var said :
        Map.of("kohya", "2 layers differ", "diffusers", "2 biases and norms, too").entrySet()) {
      var arguments = new ArrayList<>(extract);
      arguments.addAll(
          List.of(workplace.path(said.getKey() + ".safetensors"), "--to", said.getKey()));
      var run = Run.of(arguments);
      run.done();
      assertTrue(run.err().getLast().contains(said.getValue()), run::toString);
    }
    byte[] expected = editedWith("--model", tuned.toString());
    assertNear(expected, editedWith("--lora", workplace.path("kohya.safetensors")));
  }

  private static void changeOne(Path model, String part, String tensor) throws IOException {
    try (var _ = Scope.open()) {
      var copy = ModelCopy.of(Workplace.model().resolve(part));
      copy.tensors().computeIfPresent(tensor, (_, before) -> before.add(1));
      copy.write(model.resolve(part));
    }
  }

  private byte[] editedWith(String... arguments) {
    workplace.edit(arguments).done();
    return workplace.pixels("out.png");
  }

  /// But for what rounding does to a pixel now and then.
  private static void assertNear(byte[] expected, byte[] actual) {
    assertEquals(expected.length, actual.length);
    int others = 0;
    for (int i = 0; i < expected.length; i++) {
      int off = Math.abs((expected[i] & 0xff) - (actual[i] & 0xff));
      assertTrue(off <= 1, "a pixel is " + off + " off");
      others += off;
    }
    assertTrue(others < expected.length / 100, others + " pixels are off");
  }

  @Test
  void aResultNeedsAFolder() {
    var nowhere = folder.resolve("no/where.safetensors").toString();
    var model = Workplace.model().toString();
    Run.of("lora", "convert", ONE, nowhere, "--to", "bfl", "--model", model)
        .refused(ExitCode.INPUT, "no folder");
    Run.of("lora", "convert", ONE, workplace.path("x"), "--to", "kohya")
        .refused(ExitCode.MODEL, "do not fit");
    assertEquals(ExitCode.USAGE.number(), Run.of("lora").code());
  }
}
