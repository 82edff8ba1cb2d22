package dev.kontext4j.cli.picture;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.zip.InflaterInputStream;

/// A text chunk of a PNG file: a keyword, and a text that is unpacked when it is asked for.
final class PngText {
  /// The keyword of a note of ours.
  static final String NOTE = "kontext4j";

  /// Far more than any program writes, and little enough for a stranger's file to ask for.
  private static final int MAX_TEXT = 4 << 20;

  private final String type;
  private final String keyword;
  private final byte[] rest;

  private PngText(String type, String keyword, byte[] rest) {
    this.type = type;
    this.keyword = keyword;
    this.rest = rest;
  }

  /// @param type tEXt, zTXt or iTXt
  static PngText of(String type, byte[] chunk) {
    int end = end(chunk, 0);
    String keyword = new String(chunk, 0, end, StandardCharsets.ISO_8859_1);
    return new PngText(type, keyword, from(chunk, end + 1));
  }

  /// The content of an iTXt chunk with a note of ours: not compressed, in no language.
  static byte[] international(String note) {
    var chunk = new ByteArrayOutputStream();
    chunk.writeBytes(NOTE.getBytes(StandardCharsets.ISO_8859_1));
    chunk.writeBytes(new byte[5]);
    chunk.writeBytes(note.getBytes(StandardCharsets.UTF_8));
    return chunk.toByteArray();
  }

  String keyword() {
    return keyword;
  }

  String string() {
    Charset letters = type.equals("iTXt") ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    return new String(content(), letters);
  }

  /// The text's bytes; none if they cannot be unpacked.
  byte[] content() {
    return switch (type) {
      case "zTXt" -> inflated(from(rest, 1));
      case "iTXt" -> {
        boolean compressed = rest.length > 0 && rest[0] == 1;
        int language = end(rest, 2);
        byte[] text = from(rest, end(rest, language + 1) + 1);
        yield compressed ? inflated(text) : text;
      }
      default -> rest;
    };
  }

  /// An EXIF block in ImageMagick's form: a blank line, the name, the length, then hexadecimal
  /// digits.
  byte[] rawProfile() {
    String digits =
        new String(content(), StandardCharsets.ISO_8859_1)
            .lines()
            .skip(3)
            .map(String::strip)
            .collect(Collectors.joining());
    try {
      return HexFormat.of().parseHex(digits);
    } catch (IllegalArgumentException _) {
      return new byte[0];
    }
  }

  private static byte[] inflated(byte[] bytes) {
    try (var in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      return in.readNBytes(MAX_TEXT);
    } catch (IOException _) {
      return new byte[0];
    }
  }

  /// Where the text that begins at `start` ends: at a zero, or with the bytes.
  private static int end(byte[] bytes, int start) {
    int end = Math.min(start, bytes.length);
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return end;
  }

  private static byte[] from(byte[] bytes, int start) {
    return Arrays.copyOfRange(bytes, Math.min(start, bytes.length), bytes.length);
  }
}
