package dev.kontext4j.sampler.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every byte must be Pillow's; `tools/reference/sampler_goldens.py` wrote the goldens.
class LanczosResizeTest {

  static List<String> goldens() throws IOException {
    try (InputStream in = LanczosResizeTest.class.getResourceAsStream("resizing.txt")) {
      if (in == null) {
        throw new IOException("no test resource resizing.txt");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void everyByteIsPillows(String line) throws NoSuchAlgorithmException {
    String[] parts = line.split(" ", -1);
    Picture picture =
        TestPictures.of(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    var size = new Size(Integer.parseInt(parts[3]), Integer.parseInt(parts[4]));
    Picture resized = LanczosResize.resize(picture, size);
    assertEquals(size, resized.size());
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(resized.rgb());
    assertEquals(parts[5], HexFormat.of().formatHex(hash));
  }

  @Test
  void theSameSizeIsTheSamePicture() {
    Picture picture = TestPictures.of("noise", 20, 30);
    assertSame(picture, LanczosResize.resize(picture, picture.size()));
  }
}
