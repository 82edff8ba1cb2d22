package dev.kontext4j.sampler.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeSizesTest {

  /// `tools/reference/sampler_goldens.py` wrote the goldens.
  @Test
  void kontextsSizesAreDiffusers() throws IOException {
    for (String line : goldens()) {
      String[] p = line.split(" ", -1);
      var size = new Size(Integer.parseInt(p[1]), Integer.parseInt(p[2]));
      int multiple = Integer.parseInt(p[3]);
      Size actual =
          switch (p[0]) {
            case "bucket" -> NativeSizes.KONTEXT.bucket(size, multiple);
            case "kept" -> size.flooredTo(multiple);
            default -> size.scaledToArea(Long.parseLong(p[4]), multiple);
          };
      assertEquals(new Size(Integer.parseInt(p[5]), Integer.parseInt(p[6])), actual, line);
    }
  }

  @Test
  void sizesBelowTheGridAreRefused() {
    assertThrows(PictureException.class, () -> NativeSizes.KONTEXT.bucket(new Size(15, 900), 16));
    assertThrows(PictureException.class, () -> new Size(900, 15).flooredTo(16));
    assertThrows(PictureException.class, () -> new Size(10, 90000).scaledToArea(4096, 16));
    assertThrows(PictureException.class, () -> new Size(0, 5));
  }

  /// A square picture is as near to 1:2 as to 3:2, and both are listed twice.
  @Test
  void ofEquallyNearBucketsTheNarrowerIsTakenHoweverTheyAreListed() {
    var listed = List.of(new Size(96, 64), new Size(128, 256), new Size(48, 32), new Size(64, 128));
    assertEquals(new Size(48, 32), bucketOfSquare(listed));
    assertEquals(new Size(48, 32), bucketOfSquare(listed.reversed()));
  }

  private static Size bucketOfSquare(List<Size> buckets) {
    return new NativeSizes(4096, buckets).bucket(new Size(80, 80), 16);
  }

  @Test
  void theSquareOfTheAreaIsCutToTheGrid() {
    assertEquals(new Size(1024, 1024), NativeSizes.KONTEXT.square(16));
    assertEquals(new Size(112, 112), new NativeSizes(16_383, List.of(new Size(16, 16))).square(16));
  }

  @Test
  void withoutABucketThereIsNothingToChoose() {
    assertThrows(IllegalArgumentException.class, () -> new NativeSizes(4096, List.of()));
  }

  private static List<String> goldens() throws IOException {
    try (InputStream in = NativeSizesTest.class.getResourceAsStream("sizes.txt")) {
      if (in == null) {
        throw new IOException("no test resource sizes.txt");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
