package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.cli.picture.Encoding;
import dev.kontext4j.sampler.picture.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How a picture was made: what others wrote into theirs (`tools/reference/foreign_recipes.py`),
/// and what we write into ours.
class ShowTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "comfyui.png  | ComfyUI | prompt=make the car red; seed=776; steps=20; guidance=2.5; unet name=flux1-dev-kontext_fp8_scaled.safetensors",
        "comfyui.webp | ComfyUI | prompt=make the car red; seed=776; sampler name=euler",
        "web-ui.png   | Stable Diffusion web UI | negative=blurry, text; seed=4242; size=832x1248; lora hashes=a: 12, b: 34; model=flux1-kontext-dev",
        "web-ui.jpg   | Stable Diffusion web UI | negative=blurry, text; distilled cfg scale=2.5; version=f2.0.1v1.10.1",
        "invokeai.png | InvokeAI | prompt=make the sky pink; seed=99; guidance=4.0; model=FLUX.1 Kontext dev",
        "swarmui.png  | SwarmUI | prompt=turn the cat into a dog; seed=1234567; swarm version=0.9.6.4",
        "mflux.png    | mflux | prompt=Make the room brighter \u2013 na\u00efve; seed=7; quantize=8; image path=room.png",
      })
  void whatOtherProgramsWrote(String file, String program, String fields) throws IOException {
    String path = resource(file);
    JsonNode told = new JsonMapper().readTree(Run.of("show", "--json", path).done().getFirst());
    assertEquals(program, told.path("program").asText());
    for (String field : fields.split("; ", -1)) {
      String[] pair = field.split("=", 2);
      assertEquals(pair[1], told.path("fields").path(pair[0]).asText(), told::toString);
    }
    var lines = Run.of("show", path).done();
    assertEquals(path, lines.getFirst());
    assertTrue(lines.stream().skip(1).allMatch(line -> line.length() < 80), lines::toString);
  }

  @Test
  void aPromptOfSeveralLinesKeepsThem() throws IOException {
    var lines = Run.of("show", resource("web-ui.png")).done();
    int first = lines.indexOf("  prompt               a red car, (sunset:1.2)");
    assertTrue(first > 0, lines::toString);
    assertEquals("                       on a road", lines.get(first + 1));
  }

  @Test
  void aNegativeThatIsSwitchedOffIsNone() throws IOException {
    assertTrue(
        Run.of("show", resource("comfyui.png")).done().stream()
            .noneMatch(l -> l.contains("negative")));
  }

  @Test
  void aTerminalObeysNothingInIt() throws IOException {
    var lines = Run.of("show", resource("hostile.png")).done();
    assertTrue(
        lines.stream().allMatch(line -> line.chars().noneMatch(Character::isISOControl)),
        lines::toString);
  }

  @Test
  void ours() throws IOException {
    var work = Workplace.in(folder);
    work.edit("--sigmas", "1,0.5", "--steps", "x", "-p", "sky\u2019s the limit")
        .refused(ExitCode.USAGE);
    work.edit("-p", "sky\u2019s the limit", "--negative", "rain", "--true-cfg", "2").done();
    String all = String.join("\n", Run.of("show", work.path("out.png")).done());
    for (String part :
        List.of(
            "prompt    sky\u2019s the limit",
            "negative  rain",
            "true cfg  2",
            "picture   photo.png, 64x64, sha256 65b14d017b27",
            "size      64x64",
            "seed      7",
            "steps     1",
            "guidance  2.5",
            "noise     f32",
            "model     model, sha256 ",
            "on cpu in f32")) {
      assertTrue(all.contains(part), () -> part + " is not in " + all);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"out.png", "out.jpg", "out.webp"})
  void oursIsInEveryKindOfFile(String name) throws IOException {
    var work = Workplace.in(folder);
    work.edit("-o", work.path(name)).done();
    JsonNode told =
        new JsonMapper().readTree(Run.of("show", "--json", work.path(name)).done().getFirst());
    assertEquals("kontext4j", told.path("program").asText());
    assertEquals("make the sky purple", told.path("recipe").path("prompt").asText());
    assertEquals("model", told.path("recipe").path("model").path("name").asText());
  }

  @Test
  void noRecipeMeansNone() throws IOException {
    var work = Workplace.in(folder);
    work.edit("--no-recipe").done();
    Run.of("show", work.path("out.png"))
        .refused(ExitCode.INPUT, "out.png", "does not say how it was made");
  }

  @Test
  void oneWithoutDoesNotHideTheOthers() throws IOException {
    var work = Workplace.in(folder);
    work.edit().done();
    var run =
        Run.of("show", work.path(Workplace.PICTURE), work.path("absent.png"), work.path("out.png"));
    assertEquals(ExitCode.INPUT.number(), run.code());
    assertEquals(2, run.err().size(), run::toString);
    assertEquals(work.path("out.png"), run.out().getFirst());
  }

  /// The picture is good, and what it says of itself is not.
  @Test
  void aDamagedRecipe() throws IOException {
    var picture = new Picture(4, 4, new byte[48]);
    var note = Optional.of("{\"recipe\":1,\"prompt\":\"\\u001b]0;x\\u0007\",\"references\":3}");
    Files.write(folder.resolve("bad.png"), new Encoding.Png().encode(picture, note));
    String bad = folder.resolve("bad.png").toString();
    Run.of("show", bad)
        .refused(ExitCode.INPUT, bad + ": the recipe is damaged: an object is missing");
    Run.of("replay", bad).refused(ExitCode.INPUT, "bad.png: the recipe is damaged");
  }

  private static String resource(String name) {
    return Path.of("src/test/resources/dev/kontext4j/cli/recipe", name).toString();
  }
}
