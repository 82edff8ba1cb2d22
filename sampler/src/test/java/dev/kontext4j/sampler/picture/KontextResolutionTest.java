package dev.kontext4j.sampler.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The sizes must be diffusers'; `tools/reference/sampler_goldens.py` wrote the goldens.
class KontextResolutionTest {

  @Test
  void sizesAreDiffusers() throws IOException {
    for (String line : goldens()) {
      String[] p = line.split(" ", -1);
      var size = new Size(Integer.parseInt(p[1]), Integer.parseInt(p[2]));
      int multiple = Integer.parseInt(p[3]);
      Size actual =
          switch (p[0]) {
            case "bucket" -> KontextResolution.bucket(size, multiple);
            case "kept" -> KontextResolution.kept(size, multiple);
            default -> KontextResolution.scaledToArea(size, Long.parseLong(p[4]), multiple);
          };
      assertEquals(new Size(Integer.parseInt(p[5]), Integer.parseInt(p[6])), actual, line);
    }
  }

  @Test
  void sizesBelowTheGridAreRefused() {
    assertThrows(PictureException.class, () -> KontextResolution.bucket(new Size(15, 900), 16));
    assertThrows(PictureException.class, () -> KontextResolution.kept(new Size(900, 15), 16));
    assertThrows(
        PictureException.class,
        () -> KontextResolution.scaledToArea(new Size(10, 90000), 4096, 16));
    assertThrows(PictureException.class, () -> new Size(0, 5));
  }

  private static List<String> goldens() throws IOException {
    try (InputStream in = KontextResolutionTest.class.getResourceAsStream("sizes.txt")) {
      if (in == null) {
        throw new IOException("no test resource sizes.txt");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
