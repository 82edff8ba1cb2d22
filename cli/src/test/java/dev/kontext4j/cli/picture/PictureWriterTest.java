package dev.kontext4j.cli.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kontext4j.sampler.picture.Picture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureWriterTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    for (Picture picture :
        List.of(noise(1, 1), noise(3, 50), noise(64, 33), smooth(100, 80), smooth(7, 1))) {
      Path file = folder.resolve("out.png");
      PictureWriter.write(file, png(picture));
      assertEquals(picture, new PictureReader(AlphaMode.WHITE).read(file));
    }
  }

  @Test
  void otherProgramsReadItToo() throws IOException {
    Picture picture = rough(61, 47);
    Path file = folder.resolve("out.png");
    PictureWriter.write(file, png(picture));
    BufferedImage image = ImageIO.read(file.toFile());
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        int expected =
            0xff000000
                | picture.value(x, y, 0) << 16
                | picture.value(x, y, 1) << 8
                | picture.value(x, y, 2);
        assertEquals(expected, image.getRGB(x, y));
      }
    }
  }

  @Test
  void theSamePictureGivesTheSameBytes() {
    assertArrayEquals(png(smooth(40, 30)), png(smooth(40, 30)));
  }

  @Test
  void anOldFileIsReplacedAndNothingElseIsLeft() throws IOException {
    Path file = Files.writeString(folder.resolve("out.png"), "old");
    PictureWriter.write(file, png(noise(4, 4)));
    assertEquals(List.of(file), contents());
  }

  @Test
  void aFailureLeavesNothing() throws IOException {
    Path inTheWay = folder.resolve("out.png");
    Files.createDirectories(inTheWay.resolve("not empty"));
    assertThrows(IOException.class, () -> PictureWriter.write(inTheWay, png(noise(4, 4))));
    assertEquals(List.of(inTheWay), contents());
    assertThrows(
        IOException.class,
        () -> PictureWriter.write(folder.resolve("absent").resolve("out.png"), png(noise(4, 4))));
  }

  private List<Path> contents() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static byte[] png(Picture picture) {
    return new Encoding.Png().encode(picture, Optional.empty());
  }

  private static Picture noise(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    new Random(width).nextBytes(rgb);
    return new Picture(width, height, rgb);
  }

  /// Hills with small noise on them, so that every filter is the best one somewhere.
  private static Picture rough(int width, int height) {
    var random = new Random(7);
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      int pixel = i / 3;
      int x = pixel % width;
      int y = pixel / width;
      double hills = Math.sin(x / 9.0) * Math.cos(y / 7.0);
      rgb[i] = (byte) (128 + 100 * hills + random.nextInt(4));
    }
    return new Picture(width, height, rgb);
  }

  private static Picture smooth(int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i / 3 % width * 2 + i / 3 / width + i % 3 * 90);
    }
    return new Picture(width, height, rgb);
  }
}
