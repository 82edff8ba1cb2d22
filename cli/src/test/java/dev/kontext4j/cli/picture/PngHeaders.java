package dev.kontext4j.cli.picture;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/// The beginning of a PNG file, which says how large the picture is, and no picture behind it.
public final class PngHeaders {
  private PngHeaders() {}

  /// Signature and header chunk of an 8-bit RGB picture.
  public static byte[] of(int width, int height) {
    byte[] header =
        ByteBuffer.allocate(33)
            .putLong(0x89504e470d0a1a0aL)
            .putInt(13)
            .putInt(0x49484452)
            .putInt(width)
            .putInt(height)
            .put(new byte[] {8, 2, 0, 0, 0})
            .array();
    var crc = new CRC32();
    crc.update(header, 12, 17);
    return ByteBuffer.wrap(header).putInt(29, (int) crc.getValue()).array();
  }
}
