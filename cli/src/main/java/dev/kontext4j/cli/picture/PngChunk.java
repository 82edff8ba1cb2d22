package dev.kontext4j.cli.picture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/// One chunk of a PNG file, a piece of the file's own bytes.
record PngChunk(String type, int start, int length) {
  private static final int SIGNATURE = 8;
  private static final int FRAME = 12; // length, type, checksum

  /// All chunks up to the end mark. A last chunk that is cut off is given as far as it goes: the
  /// pixels may be complete all the same.
  static List<PngChunk> scan(byte[] file) throws IOException {
    var chunks = new ArrayList<PngChunk>();
    int at = SIGNATURE;
    while (at + 8 <= file.length) {
      long length = Integer.toUnsignedLong(BigEndian.int32(file, at));
      String type = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
      if (at + FRAME + length > file.length) {
        chunks.add(new PngChunk(type, at + 8, (int) Math.min(length, file.length - at - 8)));
        break;
      }
      var chunk = new PngChunk(type, at + 8, (int) length);
      if (chunk.intact(file)) {
        chunks.add(chunk);
      } else if (chunk.critical()) {
        throw new IOException("is damaged (wrong checksum in its " + type + " chunk)");
      }
      if (type.equals("IEND")) {
        break;
      }
      at += FRAME + (int) length;
    }
    return chunks;
  }

  byte[] bytes(byte[] file) {
    return Arrays.copyOfRange(file, start, start + length);
  }

  private boolean critical() {
    return Character.isUpperCase(type.charAt(0));
  }

  private boolean intact(byte[] file) {
    var crc = new CRC32();
    crc.update(file, start - 4, length + 4);
    return (int) crc.getValue() == BigEndian.int32(file, start + length);
  }
}
