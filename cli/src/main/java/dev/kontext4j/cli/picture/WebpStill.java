package dev.kontext4j.cli.picture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Makes a WebP file of its own out of one frame of an animation.
final class WebpStill {
  private static final int FRAME_HEADER = 16;
  private static final byte HAS_ALPHA = 0x10;

  private WebpStill() {}

  static byte[] ofFrame(RiffChunk frame) throws IOException {
    var body = new ByteArrayOutputStream();
    body.writeBytes("WEBP".getBytes(StandardCharsets.ISO_8859_1));
    body.writeBytes(chunk("VP8X", canvas(frame)));
    for (RiffChunk part : frame.parts(FRAME_HEADER)) {
      switch (part.type()) {
        case "ALPH", "VP8 ", "VP8L" -> body.writeBytes(chunk(part.type(), part.bytes()));
        default -> {
          // unknown chunks are to be passed over
        }
      }
    }
    return chunk("RIFF", body.toByteArray());
  }

  private static byte[] canvas(RiffChunk frame) throws IOException {
    byte[] canvas = new byte[10];
    canvas[0] = HAS_ALPHA;
    for (int i = 0; i < 6; i++) {
      canvas[4 + i] = (byte) frame.uint8(6 + i); // width and height less 1, three bytes each
    }
    return canvas;
  }

  private static byte[] chunk(String type, byte[] content) {
    int padded = content.length + (content.length & 1);
    return ByteBuffer.allocate(8 + padded)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(type.getBytes(StandardCharsets.ISO_8859_1))
        .putInt(content.length)
        .put(content)
        .array();
  }
}
