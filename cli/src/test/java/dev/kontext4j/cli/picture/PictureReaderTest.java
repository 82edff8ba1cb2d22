package dev.kontext4j.cli.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.sampler.picture.Size;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every byte must be Pillow's, for every kind of file.
class PictureReaderTest {

  static List<String> goldens() throws IOException {
    return Samples.lines();
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void everyByteIsPillows(String line) throws IOException, NoSuchAlgorithmException {
    String[] parts = line.split(" ", -1);
    var size = new Size(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    assertPixels(size, parts[3], AlphaMode.DROP, parts[0]);
    assertPixels(size, parts[4], AlphaMode.WHITE, parts[0]);
  }

  private static void assertPixels(Size size, String sha, AlphaMode alpha, String name)
      throws IOException, NoSuchAlgorithmException {
    Picture picture = new PictureReader(alpha).read(name, Samples.bytes(name));
    assertEquals(size, picture.size());
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(picture.rgb());
    assertEquals(sha, HexFormat.of().formatHex(hash), name + " with alpha mode " + alpha);
  }
}
