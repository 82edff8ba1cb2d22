package dev.kontext4j.cli.picture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The picture files beside these tests, and what Pillow makes of them;
/// `tools/reference/sampler_goldens.py` wrote both.
final class Samples {
  private Samples() {}

  static List<String> lines() throws IOException {
    return new String(bytes("pictures.txt"), StandardCharsets.UTF_8).lines().toList();
  }

  static byte[] bytes(String name) throws IOException {
    try (InputStream in = Samples.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no test resource " + name);
      }
      return in.readAllBytes();
    }
  }
}
