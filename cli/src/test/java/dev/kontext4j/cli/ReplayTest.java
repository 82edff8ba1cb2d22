package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.cli.picture.AlphaMode;
import dev.kontext4j.cli.picture.PictureReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {
  @TempDir Path folder;

  private Workplace work;

  @BeforeEach
  void prepare() throws IOException {
    work = Workplace.in(folder);
  }

  private Run replay(String... arguments) {
    var all = new ArrayList<>(List.of("replay", "--model", Workplace.model().toString()));
    all.addAll(List.of(arguments));
    return Run.of(all);
  }

  private static void assertIdentical(Run run) {
    run.done();
    assertTrue(run.err().contains("kontext: identical, pixel for pixel"), run::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--steps 2",
        "--sigmas 1,0.7 --batch-noise one --count 3",
        "--seed 18446744073709551615 --guidance 0",
        "--negative rain --negative-2 snow --true-cfg 1.5 --prompt-2 green",
        "--noise comfyui --dtype bf16 --max-tokens 9",
        "--width 96 --fit bucket --max-area 8192",
        "--precision int8",
        "--vae-tile 128 --width 160 --height 176",
        "--precision fp8 --dtype bf16",
        "--fast teacache=0.1,references=3 --steps 4 --count 2",
      })
  void itIsTheSamePictureAgain(String options) throws IOException {
    var arguments = work.arguments(options.split(" ", -1));
    arguments.addAll(List.of(work.path(Workplace.PICTURE), work.path(Workplace.PICTURE)));
    if (options.contains("--sigmas")) { // which --steps excludes
      int steps = arguments.indexOf("--steps");
      arguments.subList(steps, steps + 2).clear();
    }
    String last = Run.of(arguments).done().getLast();
    assertIdentical(replay(last, "-o", work.path("again.png")));
    assertEquals(
        new PictureReader(AlphaMode.WHITE).read(Path.of(last)),
        new PictureReader(AlphaMode.WHITE).read(folder.resolve("again.png")));
    assertArrayEquals(Files.readAllBytes(Path.of(last)), work.bytes("again.png"), "recipes, too");
  }

  @ParameterizedTest
  @ValueSource(strings = {"out.jpg", "out.webp"})
  void aFileWithLossIsJudgedByWhatWasPaintedAndNotByItsPixels(String name) throws IOException {
    work.edit("-o", work.path(name)).done();
    var run = replay(work.path(name), "-o", folder.toString());
    assertIdentical(run);
    assertEquals(List.of(work.path(name.replace("out", "out-again"))), run.out());
  }

  @Test
  void itSaysSoInJson() throws IOException {
    work.edit().done();
    var run = replay(work.path("out.png"), "--json", "-o", work.path("again.png"));
    assertTrue(new JsonMapper().readTree(run.done().getFirst()).path("identical").asBoolean());
  }

  @Test
  void anotherModelWouldMakeAnotherPicture() throws IOException {
    work.edit().done();
    Path other = work.modelCopy();
    Path weights = other.resolve("vae/diffusion_pytorch_model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 2] ^= 0x40;
    Files.write(weights, bytes);
    var run =
        Run.of(
            "replay",
            work.path("out.png"),
            "--model",
            other.toString(),
            "-o",
            work.path("again.png"));
    run.refused(
        ExitCode.MODEL, "made by the model model, sha256 ", "and model is another", "--model");
  }

  @Test
  void picturesAreKnownByTheirContent() throws IOException {
    work.edit().done();
    Files.move(folder.resolve(Workplace.PICTURE), folder.resolve("moved.png"));
    replay(work.path("out.png"))
        .refused(
            ExitCode.INPUT,
            "photo.png (64x64, sha256 65b14d017b27...)",
            "name it behind the picture");
    Workplace.writeBlack(folder.resolve(Workplace.PICTURE), 64, 64);
    replay(work.path("out.png")).refused(ExitCode.INPUT, "photo.png");
    assertIdentical(
        replay(work.path("out.png"), work.path("moved.png"), "-o", work.path("again.png")));
  }

  @Test
  void withoutARecipe() throws IOException {
    replay(work.path(Workplace.PICTURE)).refused(ExitCode.INPUT, "photo.png carries no recipe");
    work.edit("--no-recipe").done();
    replay(work.path("out.png")).refused(ExitCode.INPUT, "carries no recipe");
  }
}
