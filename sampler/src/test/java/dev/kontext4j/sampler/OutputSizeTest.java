package dev.kontext4j.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kontext4j.sampler.OutputSize.Extent;
import dev.kontext4j.sampler.picture.NativeSizes;
import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.sampler.picture.Size;
import java.util.List;
import java.util.Optional;
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
    return new OutputSize.Exact(
        width == 0 ? OptionalInt.empty() : OptionalInt.of(width),
        height == 0 ? OptionalInt.empty() : OptionalInt.of(height),
        maxArea == 0 ? OptionalLong.empty() : OptionalLong.of(maxArea));
  }

  private static OutputSize shaped(int width, int height, Extent extent) {
    return new OutputSize.Shaped(Optional.of(new OutputSize.Ratio(width, height)), extent);
  }

  private static Size of(OutputSize size, List<Picture> references) {
    return size.of(references, NativeSizes.KONTEXT, GRID);
  }

  @Test
  void automaticIsTheFirstReferencesBucket() {
    assertEquals(new Size(720, 1456), of(OutputSize.AUTOMATIC, TALL_AND_WIDE));
    assertEquals(new Size(1456, 720), of(OutputSize.AUTOMATIC, TALL_AND_WIDE.reversed()));
  }

  @Test
  void automaticWithoutReferencesIsASquare() {
    assertEquals(new Size(1024, 1024), of(OutputSize.AUTOMATIC, List.of()));
  }

  @Test
  void anotherModelHasOtherSizes() {
    var sizes = new NativeSizes(20_000, List.of(new Size(96, 160), new Size(160, 96)));
    assertEquals(new Size(96, 160), OutputSize.AUTOMATIC.of(TALL_AND_WIDE, sizes, GRID));
    assertEquals(new Size(160, 64), size(0, 64, 0).of(TALL_AND_WIDE.reversed(), sizes, GRID));
    assertEquals(new Size(128, 128), OutputSize.AUTOMATIC.of(List.of(), sizes, GRID));
  }

  @Test
  void oneSideComesFromTheBucketIfItIsNotGiven() {
    assertEquals(new Size(512, 1456), of(size(512, 0, 0), TALL_AND_WIDE));
    assertEquals(new Size(720, 512), of(size(0, 512, 0), TALL_AND_WIDE));
  }

  @Test
  void aRatioFillsTheNativeAreaAsNearlyAsTheGridAllows() {
    assertEquals(new Size(1360, 768), of(shaped(16, 9, Extent.MEDIUM), TALL_AND_WIDE));
    assertEquals(new Size(1568, 672), of(shaped(21, 9, Extent.MEDIUM), List.of()));
    assertEquals(new Size(512, 512), of(shaped(1, 1, Extent.SMALL), List.of()));
    assertEquals(new Size(1248, 1680), of(shaped(3, 4, Extent.LARGE), List.of()));
  }

  @Test
  void anExtentAloneKeepsTheBucketsShape() {
    var small = new OutputSize.Shaped(Optional.empty(), Extent.SMALL);
    assertEquals(new Size(352, 720), of(small, TALL_AND_WIDE)); // of 720 x 1456
    assertEquals(new Size(512, 512), of(small, List.of()));
  }

  @Test
  void noSideVanishes() {
    var tiny = new NativeSizes(900, List.of(new Size(32, 32)));
    assertEquals(new Size(48, 16), shaped(21, 9, Extent.MEDIUM).of(List.of(), tiny, GRID));
    assertEquals(new Size(16, 16), shaped(1, 1, Extent.SMALL).of(List.of(), tiny, GRID));
  }

  @Test
  void whatIsGivenIsCutToTheGrid() {
    assertEquals(new Size(96, 64), of(size(111, 79, 0), TALL_AND_WIDE));
  }

  @Test
  void theAreaKeepsTheShape() {
    assertEquals(new Size(112, 64), of(size(300, 200, 9000), List.of()));
    assertEquals(new Size(64, 128), of(size(0, 0, 10_000), TALL_AND_WIDE)); // of 720 x 1456
  }
}
