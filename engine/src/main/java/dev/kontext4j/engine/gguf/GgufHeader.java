package dev.kontext4j.engine.gguf;

import dev.kontext4j.engine.file.Refusal;
import dev.kontext4j.engine.file.WeightFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;

/// The beginning of a GGUF file: four letters, a version, how many values and tensors there are,
/// the values, the list of tensors; after it, aligned, nothing but tensor data.
///
/// Reference: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
final class GgufHeader {
  private static final String ALIGNMENT = "general.alignment";
  private static final long USUAL_ALIGNMENT = 32;
  private static final long LARGEST_ALIGNMENT = 1 << 20;
  private static final int FIRST_VERSION = 2; // 1 counted in 32 bits, and has gone
  private static final int LAST_VERSION = 3;

  private final Path file;
  private final GgufInput in;
  private final long fileSize;

  private GgufHeader(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.in = new GgufInput(file, channel);
    this.fileSize = channel.size();
  }

  /// Reads and checks the header of `file`, and nothing else of it.
  static WeightFile.Header read(Path file, FileChannel channel) throws IOException {
    return new GgufHeader(file, channel).read();
  }

  private WeightFile.Header read() throws IOException {
    requireVersion();
    long tensors = in.countOf("tensors", TensorInfos.leastBytes());
    var values = new KeyValues(in);
    values.read(in.countOf("values", KeyValues.leastBytes()));
    long alignment = alignment(values.texts());
    var infos = new TensorInfos(in, values.originalShapes(), alignment);
    infos.read(tensors);
    long dataBegin = Math.ceilDiv(in.position(), alignment) * alignment;
    requireData(infos.end(), fileSize - dataBegin, alignment);
    return new WeightFile.Header(
        Collections.unmodifiableMap(values.texts()), infos.entries(), dataBegin);
  }

  private void requireVersion() throws IOException {
    if (!Arrays.equals(in.bytes(GgufFile.MAGIC.length), GgufFile.MAGIC)) {
      throw Refusal.of(file, "does not begin with GGUF: this is not a GGUF file");
    }
    int version = (int) in.u32();
    if (version < FIRST_VERSION || version > LAST_VERSION) {
      int turned = Integer.reverseBytes(version);
      boolean bigEndian = turned >= 1 && turned <= LAST_VERSION;
      throw Refusal.of(
          file,
          bigEndian
              ? "is written for big-endian machines: get the little-endian version of the model"
              : "is of GGUF version %s, expected %d or %d: get another version of the model"
                  .formatted(Integer.toUnsignedString(version), FIRST_VERSION, LAST_VERSION));
    }
  }

  private long alignment(Map<String, String> values) {
    String text = values.get(ALIGNMENT);
    if (text == null) {
      return USUAL_ALIGNMENT;
    }
    try {
      long alignment = Long.parseLong(text);
      if (alignment >= Long.BYTES
          && alignment <= LARGEST_ALIGNMENT
          && Long.bitCount(alignment) == 1) {
        return alignment;
      }
    } catch (NumberFormatException _) {
      // Refused below.
    }
    throw in.wrong("%s is %s, expected a power of two".formatted(ALIGNMENT, Refusal.quoted(text)));
  }

  /// Some writers fill the space behind the last tensor, too.
  private void requireData(long needed, long found, long alignment) {
    if (needed > Math.max(found, 0)) {
      throw Refusal.of(
          file,
          "its tensors take %d bytes, but only %d follow its header: %s"
              .formatted(needed, Math.max(found, 0), Refusal.CUT_SHORT));
    }
    if (found - needed >= alignment && found > needed) {
      throw Refusal.of(
          file,
          "bytes after the last tensor: %d, expected none; %s"
              .formatted(found - needed, Refusal.DAMAGED));
    }
  }
}
