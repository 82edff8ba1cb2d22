package dev.kontext4j.cli.picture;

import dev.kontext4j.sampler.picture.Picture;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Makes an RGB PNG file of a picture. The same picture gives the same bytes.
final class PngEncoder {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int LEVEL = 6;

  private PngEncoder() {}

  static byte[] encode(Picture picture, Optional<String> note) {
    var file = new ByteArrayOutputStream();
    file.writeBytes(SIGNATURE);
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(picture.width())
            .putInt(picture.height())
            .put(new byte[] {8, 2, 0, 0, 0}) // 8 bits, RGB
            .array();
    file.writeBytes(chunk("IHDR", header));
    note.ifPresent(text -> file.writeBytes(chunk("iTXt", PngText.international(text))));
    file.writeBytes(chunk("IDAT", deflated(picture)));
    file.writeBytes(chunk("IEND", new byte[0]));
    return file.toByteArray();
  }

  private static byte[] deflated(Picture picture) {
    var out = new ByteArrayOutputStream(picture.rgb().length / 2);
    byte[] buffer = new byte[1 << 16];
    var rows = new PngRowFilter(picture);
    var deflater = new Deflater(LEVEL);
    try {
      for (int y = 0; y < picture.height(); y++) {
        deflater.setInput(rows.filtered(y));
        while (!deflater.needsInput()) {
          out.write(buffer, 0, deflater.deflate(buffer));
        }
      }
      deflater.finish();
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
    } finally {
      deflater.end();
    }
    return out.toByteArray();
  }

  private static byte[] chunk(String type, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
    var crc = new CRC32();
    crc.update(name);
    crc.update(content);
    return ByteBuffer.allocate(content.length + 12)
        .putInt(content.length)
        .put(name)
        .put(content)
        .putInt((int) crc.getValue())
        .array();
  }
}
