package dev.kontext4j.cli.picture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.InflaterInputStream;

/// The text chunks in which some programs keep EXIF or XMP.
final class PngText {
  private static final int MAX_TEXT = 1 << 20;

  private PngText() {}

  /// Text that cannot be read says nothing.
  static void readOrientation(byte[] chunk, OrientationTag tag) {
    int end = 0;
    while (end < chunk.length && chunk[end] != 0) {
      end++;
    }
    String keyword = new String(chunk, 0, end, StandardCharsets.ISO_8859_1);
    byte[] rest = Arrays.copyOfRange(chunk, Math.min(end + 1, chunk.length), chunk.length);
    try {
      if (keyword.equals("XML:com.adobe.xmp")) {
        tag.readXmp(rest); // uncompressed, as XMP's rules demand
      } else if (keyword.equals("Raw profile type exif")) {
        tag.readExif(rawProfile(rest));
      }
    } catch (IOException | IllegalArgumentException _) {
      return;
    }
  }

  /// ImageMagick's form: a blank line, the name, the length, then hexadecimal digits, often
  /// compressed.
  private static byte[] rawProfile(byte[] text) throws IOException {
    byte[] plain = text;
    if (text.length > 0 && text[0] == 0) { // the compression method, so this is a zTXt chunk
      try (var in = new InflaterInputStream(new ByteArrayInputStream(text, 1, text.length - 1))) {
        plain = in.readNBytes(MAX_TEXT);
      }
    }
    String digits =
        new String(plain, StandardCharsets.ISO_8859_1)
            .lines()
            .skip(3)
            .reduce("", String::concat)
            .strip();
    return HexFormat.of().parseHex(digits);
  }
}
