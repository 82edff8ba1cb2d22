package dev.kontext4j.cli.picture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One chunk of a RIFF file, a piece of the file's own bytes.
final class RiffChunk {
  private static final int HEADER = 8;

  private final byte[] file;
  private final String type;
  private final int start;
  private final int length;

  private RiffChunk(byte[] file, String type, int start, int length) {
    this.file = file;
    this.type = type;
    this.start = start;
    this.length = length;
  }

  /// The chunks between two positions.
  static List<RiffChunk> scan(byte[] file, int from, int to) throws IOException {
    var chunks = new ArrayList<RiffChunk>();
    int at = from;
    while (at + HEADER <= to) {
      String type = new String(file, at, 4, StandardCharsets.ISO_8859_1);
      int length = int32(file, at + 4);
      if (length < 0 || length > to - at - HEADER) {
        throw new IOException("is truncated; copy or download it again");
      }
      chunks.add(new RiffChunk(file, type, at + HEADER, length));
      at += HEADER + length + (length & 1); // padded to an even length
      if (at < 0) {
        break;
      }
    }
    return chunks;
  }

  String type() {
    return type;
  }

  /// The chunks inside this one, behind its own header.
  List<RiffChunk> parts(int header) throws IOException {
    return scan(file, start + header, start + length);
  }

  byte[] bytes() {
    return Arrays.copyOfRange(file, start, start + length);
  }

  /// A byte of the content as 0 to 255.
  int uint8(int at) throws IOException {
    if (at >= length) {
      throw new IOException("is damaged (a " + type.strip() + " chunk is too short)");
    }
    return file[start + at] & 0xff;
  }

  int uint16(int at) throws IOException {
    return uint8(at) | uint8(at + 1) << 8;
  }

  int uint24(int at) throws IOException {
    return uint16(at) | uint8(at + 2) << 16;
  }

  static int int32(byte[] file, int at) {
    return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
  }
}
