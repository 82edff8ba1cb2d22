package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.cli.picture.AlphaMode;
import dev.kontext4j.cli.picture.PictureReader;
import dev.kontext4j.testkit.hub.FakeHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sets of models.lock, with the tiny model in the place of the real one: pulled by name from a hub
/// on this machine, and edited with by name.
class PulledSetsTest {
  private static final double MIN_PSNR = 60;

  @TempDir Path folder;

  @Test
  void theSingleFile() throws IOException, InterruptedException {
    Path picture =
        pulledAndEdited("kontext-dev-single", "original.safetensors", "t5xxl_fp16.safetensors");
    double psnr = Closeness.psnr(LayoutEdit.file("original.png"), picture);
    assertTrue(psnr >= MIN_PSNR, () -> "the picture has " + psnr + " dB");
  }

  @Test
  void eightBits() throws IOException, InterruptedException {
    pulledAndEdited("kontext-dev-fp8", "fp8_old_keys.safetensors", "t5xxl_fp8_scaled.safetensors");
  }

  /// @return a picture that equals the one of the same files named one by one
  private Path pulledAndEdited(String set, String transformer, String t5)
      throws IOException, InterruptedException {
    var weights =
        Map.of(
            "transformer/",
            transformer,
            "text_encoder_2/",
            t5,
            "text_encoder/",
            "clip_l.safetensors",
            "vae/",
            "ae.safetensors");
    try (var hub = new FakeHub()) {
      lock(TinySets.offered(hub, set, weights));
      run(List.of("pull", set, "--accept-licence", "--endpoint", hub.endpoint(), "-q")).done();
    }
    Path byName = folder.resolve("by-name.png");
    var edit = LayoutEdit.arguments(byName);
    edit.addAll(List.of("--model", set));
    run(edit).done();
    Path byItself = folder.resolve("by-itself.png");
    var run = run(LayoutEdit.arguments(byItself));
    run.done();
    assertTrue(
        run.err().stream().anyMatch(line -> line.contains("the model is " + set)), run::toString);

    Path named = folder.resolve("named.png");
    var parts = LayoutEdit.arguments(named);
    parts.addAll(LayoutEdit.tokenizers());
    parts.addAll(List.of("--transformer", file(transformer)));
    parts.addAll(List.of("--t5", file(t5)));
    parts.addAll(List.of("--vae", file("ae.safetensors"), "--clip", file("clip_l.safetensors")));
    run(parts).done();
    assertArrayEquals(pixels(named), pixels(byName));
    assertArrayEquals(pixels(named), pixels(byItself));
    return byName;
  }

  private static String file(String name) {
    return LayoutEdit.file(name).toString();
  }

  private static byte[] pixels(Path picture) {
    return new PictureReader(AlphaMode.DROP).read(picture).rgb();
  }

  /// Where the class path is searched first, so that the program takes it for its own lock.
  private void lock(String text) throws IOException {
    Path place = folder.resolve("first/dev/kontext4j/hub/lock/models.lock");
    Files.createDirectories(place.getParent());
    Files.writeString(place, text);
  }

  private Run run(List<String> arguments) throws IOException, InterruptedException {
    var options =
        List.of(
            "-Duser.home=" + folder.resolve("home"),
            "-Xbootclasspath/a:" + folder.resolve("first"));
    var variables =
        Map.of(
            "KONTEXT4J_MODELS", folder.resolve("models").toString(),
            "XDG_CACHE_HOME", folder.resolve("cache").toString());
    try (var process =
        KontextProcess.start(List.of(), options, variables, new ArrayList<>(arguments))) {
      return process.end();
    }
  }
}
