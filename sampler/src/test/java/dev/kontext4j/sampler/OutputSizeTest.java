package dev.kontext4j.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.sampler.picture.Size;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class OutputSizeTest {
  private static final int GRID = 16;
  private static final List<Picture> TALL_AND_WIDE = List.of(picture(100, 200), picture(200, 100));

  private static Picture picture(int width, int height) {
    return new Picture(width, height, new byte[3 * width * height]);
  }

  private static OutputSize size(int width, int height, long maxArea) {
    return new OutputSize(
        width == 0 ? OptionalInt.empty() : OptionalInt.of(width),
        height == 0 ? OptionalInt.empty() : OptionalInt.of(height),
        maxArea == 0 ? OptionalLong.empty() : OptionalLong.of(maxArea));
  }

  @Test
  void automaticIsTheFirstReferencesBucket() {
    assertEquals(new Size(720, 1456), OutputSize.AUTOMATIC.of(TALL_AND_WIDE, GRID));
    assertEquals(new Size(1456, 720), OutputSize.AUTOMATIC.of(TALL_AND_WIDE.reversed(), GRID));
  }

  @Test
  void automaticWithoutReferencesIsASquare() {
    assertEquals(new Size(1024, 1024), OutputSize.AUTOMATIC.of(List.of(), GRID));
  }

  @Test
  void oneSideComesFromTheBucketIfItIsNotGiven() {
    assertEquals(new Size(512, 1456), size(512, 0, 0).of(TALL_AND_WIDE, GRID));
    assertEquals(new Size(720, 512), size(0, 512, 0).of(TALL_AND_WIDE, GRID));
  }

  @Test
  void whatIsGivenIsCutToTheGrid() {
    assertEquals(new Size(96, 64), size(111, 79, 0).of(TALL_AND_WIDE, GRID));
  }

  @Test
  void theAreaKeepsTheShape() {
    assertEquals(new Size(112, 64), size(300, 200, 9000).of(List.of(), GRID));
    assertEquals(new Size(64, 128), size(0, 0, 10_000).of(TALL_AND_WIDE, GRID)); // of 720 x 1456
  }
}
