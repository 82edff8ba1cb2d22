package dev.kontext4j.engine.safetensors;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.file.FileRange;
import dev.kontext4j.engine.file.Refusal;
import dev.kontext4j.engine.file.WeightFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// The beginning of a safetensors file: eight bytes that hold the length of a JSON text
/// (little-endian), that text, and after it nothing but tensor data.
final class SafetensorsHeader {
  static final long LONGEST = 100_000_000;
  static final int LENGTH_BYTES = Long.BYTES;

  private SafetensorsHeader() {}

  /// Reads and checks the header of `file`, and nothing else of it.
  static WeightFile.Header read(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    long dataBegin = LENGTH_BYTES + length(file, channel, size);
    try (var json = new StrictJson(file, new FileRange(channel, LENGTH_BYTES, dataBegin))) {
      var text = new HeaderText(file, json);
      text.read();
      var tensors = DataLayout.inOrder(file, text.tensors(), size - dataBegin);
      return new WeightFile.Header(text.metadata(), tensors, dataBegin);
    } catch (IOException e) {
      throw StrictJson.refusal(file, e);
    }
  }

  private static long length(Path file, FileChannel channel, long size) throws IOException {
    if (size < LENGTH_BYTES) {
      throw Refusal.of(file, "is %d bytes long: %s".formatted(size, Refusal.CUT_SHORT));
    }
    byte[] first = new FileRange(channel, 0, LENGTH_BYTES).readAllBytes();
    long length = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 0 || length > LONGEST) {
      throw tooLong(file, first, length);
    }
    if (length > size - LENGTH_BYTES) {
      throw Refusal.of(
          file,
          "its header says it is %d bytes long, but only %d follow: %s"
              .formatted(length, size - LENGTH_BYTES, Refusal.CUT_SHORT));
    }
    if (new FileRange(channel, LENGTH_BYTES, LENGTH_BYTES + length).read() != '{') {
      throw Refusal.of(file, "its header does not begin with '{': " + Refusal.DAMAGED);
    }
    return length;
  }

  private static CheckpointException tooLong(Path file, byte[] first, long length) {
    String advice = OtherFormat.advice(first).orElse("this is not a safetensors file");
    return Refusal.of(
        file,
        "header length %s, expected at most %d: %s"
            .formatted(Long.toUnsignedString(length), LONGEST, advice));
  }
}
