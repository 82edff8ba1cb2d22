package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.safetensors.SafetensorsWriter;
import dev.kontext4j.sampler.picture.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The yardstick itself.
class ClosenessTest {
  @TempDir Path folder;

  @Test
  void equalPicturesHaveNoNoise() {
    assertEquals(Double.POSITIVE_INFINITY, Closeness.psnr(grey(2, 100), grey(2, 100)));
  }

  @Test
  void psnrIsThatOfTheTextbook() {
    // All values 10 off: 20 log10(255 / 10). Bytes are unsigned: 120 and 130 lie 10 apart.
    assertEquals(28.13, Closeness.psnr(grey(2, 120), grey(2, 130)), 0.01);
    assertEquals(0, Closeness.psnr(grey(2, 0), grey(2, 255)), 1e-9);
    // One of twelve values 1 off: 10 log10(255 x 255 x 12).
    assertEquals(58.92, Closeness.psnr(grey(2, 100), oneOff(2, 100)), 0.01);
  }

  @Test
  void otherSizesAreNotComparable() {
    assertEquals(Double.NaN, Closeness.psnr(grey(2, 100), grey(3, 100)));
  }

  @Test
  void theWorstLatentCounts() throws IOException {
    Path a = latents("a", 1, 2, 3);
    assertEquals(0, Closeness.latents(a, a));
    assertEquals(0.5, Closeness.latents(a, latents("b", 1, 2.5f, 3)));
    assertEquals(4, Closeness.latents(a, latents("c", 1, 2.5f, -1)));
  }

  @Test
  void latentsThatAreNoNumbersOrNoPairAreNotNear() throws IOException {
    Path a = latents("a", 1, 2, 3);
    assertTrue(Double.isNaN(Closeness.latents(a, latents("nan", 1, Float.NaN, 3))));
    assertTrue(Double.isNaN(Closeness.latents(a, latents("short", 1, 2))));
  }

  private Path latents(String name, float... values) throws IOException {
    Path file = folder.resolve(name + ".safetensors");
    SafetensorsWriter.to(file)
        .tensor("latents", DType.F32, List.of((long) values.length), sink -> sink.write(values))
        .write();
    return file;
  }

  private static Picture grey(int side, int value) {
    var rgb = new byte[3 * side * side];
    Arrays.fill(rgb, (byte) value);
    return new Picture(side, side, rgb);
  }

  private static Picture oneOff(int side, int value) {
    byte[] rgb = grey(side, value).rgb().clone();
    rgb[5]++;
    return new Picture(side, side, rgb);
  }
}
