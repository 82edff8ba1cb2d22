package dev.kontext4j.engine.gguf;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.file.FileRange;
import dev.kontext4j.engine.file.Refusal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The bytes of a GGUF header from the first on, numbers little-endian. Whatever a length in the
/// file says is held against what is there before anything is read or kept.
final class GgufInput {
  /// No model's header comes near (that of a T5 with its vocabulary takes 1 MB); with it the time
  /// is bounded.
  private static final long LONGEST = 64 << 20;

  /// What all that is kept of one header may weigh.
  private static final long BUDGET = 16 << 20;

  private static final int LONGEST_TEXT = 1 << 20;

  private final Path file;
  private final InputStream in;
  private final long end;
  private final boolean wholeFile;
  private long position;
  private long budget = BUDGET;

  GgufInput(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.end = Math.min(channel.size(), LONGEST);
    this.wholeFile = end == channel.size();
    this.in = new BufferedInputStream(new FileRange(channel, 0, end), 1 << 16);
  }

  long position() {
    return position;
  }

  byte[] bytes(long count) throws IOException {
    require(count);
    byte[] bytes = in.readNBytes((int) count);
    if (bytes.length != count) {
      throw Refusal.of(file, "ends in its header: " + Refusal.CUT_SHORT);
    }
    position += count;
    return bytes;
  }

  void skip(long count) throws IOException {
    require(count);
    in.skipNBytes(count);
    position += count;
  }

  /// An unsigned number of 1, 2 or 4 bytes, or a signed one of 8.
  long number(int size) throws IOException {
    byte[] bytes = bytes(size);
    long value = 0;
    for (int i = size - 1; i >= 0; i--) {
      value = value << 8 | Byte.toUnsignedLong(bytes[i]);
    }
    return value;
  }

  long u32() throws IOException {
    return number(Integer.BYTES);
  }

  /// A number of 8 bytes that counts or measures something: it must not be beyond 2^63 - 1.
  long count(String what) throws IOException {
    long count = number(Long.BYTES);
    if (count < 0) {
      throw wrong("%s: %s".formatted(what, Long.toUnsignedString(count)));
    }
    return count;
  }

  /// As many bytes as there are things, at least, must still follow.
  long countOf(String things, int leastBytes) throws IOException {
    long count = count("the number of " + things);
    if (count > (end - position) / leastBytes) {
      throw tooLong("it says that it has %d %s".formatted(count, things));
    }
    return count;
  }

  float f32() throws IOException {
    return ByteBuffer.wrap(bytes(Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getFloat();
  }

  double f64() throws IOException {
    return ByteBuffer.wrap(bytes(Double.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getDouble();
  }

  /// A text; counted as kept.
  String text(String what) throws IOException {
    long length = count("the length of " + what);
    if (length > LONGEST_TEXT && length <= end - position) {
      throw wrong("%s is %d bytes long, longer than any model's".formatted(what, length));
    }
    require(length);
    keep(2 * length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(length))).toString();
    } catch (CharacterCodingException _) {
      throw wrong(what + " is not valid UTF-8");
    }
  }

  /// Passes over a text of any length.
  void skipText() throws IOException {
    skip(count("the length of a text"));
  }

  /// Counts what the caller is about to keep.
  void keep(long bytes) {
    budget -= bytes;
    if (budget < 0) {
      throw Refusal.of(
          file,
          "its names and texts need more than %d MiB of memory; no model file does"
              .formatted(BUDGET >> 20));
    }
  }

  CheckpointException wrong(String what) {
    return Refusal.of(file, "%s; %s".formatted(what, Refusal.DAMAGED));
  }

  private void require(long count) {
    if (count > end - position) {
      throw tooLong("its header needs %d bytes at byte %d".formatted(count, position));
    }
  }

  private CheckpointException tooLong(String what) {
    return wholeFile
        ? Refusal.of(
            file, "%s, but only %d follow: %s".formatted(what, end - position, Refusal.CUT_SHORT))
        : Refusal.of(
            file,
            "%s, a header of more than %d MiB; no model file has one"
                .formatted(what, LONGEST >> 20));
  }
}
