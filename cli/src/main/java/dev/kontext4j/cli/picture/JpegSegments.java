package dev.kontext4j.cli.picture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The parts of a JPEG file before its pixels.
final class JpegSegments {
  private final byte[] file;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final Metadata metadata = new Metadata();
  private @Nullable JpegFrame frame;
  private boolean jfif;
  private int adobeTransform = JpegColour.NO_ADOBE;

  JpegSegments(byte[] file) throws IOException {
    this.file = file;
    kept.write(file, 0, 2); // the start mark
    int at = 2;
    while (true) {
      int start = at;
      while (at + 1 < file.length && file[at] == (byte) 0xff && file[at + 1] == (byte) 0xff) {
        at++; // padding
      }
      if (at + 4 > file.length) {
        throw JpegScans.truncated();
      }
      if (file[at] != (byte) 0xff) {
        throw new IOException("is damaged (no JPEG segment where one should be)");
      }
      int marker = file[at + 1] & 0xff;
      int length = BigEndian.uint16(file, at + 2);
      if (length < 2 || at + 2 + length > file.length) {
        throw JpegScans.truncated();
      }
      if (marker == 0xda) { // the scans begin: the rest is for the decoder
        JpegScans.requireEnd(file, at);
        kept.write(file, start, file.length - start);
        break;
      }
      read(marker, at + 4, length - 2);
      at += 2 + length;
      boolean metadata = (marker & 0xf0) == 0xe0 || marker == 0xfe;
      if (!metadata) {
        kept.write(file, start, at - start);
      }
    }
    if (frame == null) {
      throw new IOException("is damaged (no JPEG frame header)");
    }
  }

  JpegFrame frame() {
    if (frame == null) {
      throw new AssertionError("checked by the constructor");
    }
    return frame;
  }

  JpegColour colour() throws IOException {
    return JpegColour.of(frame().componentIds(), jfif, adobeTransform);
  }

  Metadata metadata() {
    return metadata;
  }

  /// The same picture without colour profiles, thumbnails and comments, over which the JDK's reader
  /// stumbles.
  byte[] withoutMetadata() {
    return kept.toByteArray();
  }

  private void read(int marker, int start, int length) throws IOException {
    switch (marker) {
      case 0xc0, 0xc1, 0xc2 -> {
        if (frame != null) {
          throw new IOException("is damaged (two JPEG frame headers)");
        }
        frame = JpegFrame.read(file, start, length);
      }
      case 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf ->
          throw new IOException(
              "is a lossless, hierarchical or arithmetic-coded JPEG; save it as an ordinary JPEG first");
      case 0xe0 -> jfif |= startsWith("JFIF\0", start, length);
      case 0xe1 -> readMetadata(start, length);
      case 0xee -> {
        if (startsWith("Adobe", start, length) && length >= 12) {
          adobeTransform = file[start + 11] & 0xff;
        }
      }
      default -> {
        // tables, for the decoder
      }
    }
  }

  private void readMetadata(int start, int length) {
    byte[] block = Arrays.copyOfRange(file, start, start + length);
    if (startsWith("Exif\0\0", start, length)) {
      metadata.addExif(block);
    } else if (startsWith("http://ns.adobe.com/xap/1.0/\0", start, length)) {
      metadata.addXmp(block);
    }
  }

  private boolean startsWith(String text, int start, int length) {
    byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
    int end = start + Math.min(length, expected.length);
    return Arrays.equals(expected, Arrays.copyOfRange(file, start, end));
  }
}
