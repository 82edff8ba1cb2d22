package dev.kontext4j.sampler.text;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.file.TensorEntry;
import dev.kontext4j.engine.safetensors.SafetensorsFile;
import dev.kontext4j.engine.safetensors.SafetensorsWriter;
import dev.kontext4j.engine.weights.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;

/// What an encoder made, outside of libtorch's memory, and as a file: safetensors with the key that
/// it was kept under and a checksum over all of it.
///
/// The checksum is against damage and nothing else; CRC-32C takes a tenth of a millisecond for the
/// states of a prompt, where SHA-256 would take as long as some encoders.
final class KeptText {
  private static final String NAME = "text";
  private static final String KEY = "key";
  private static final String CHECKSUM = "crc32c";

  /// The most bytes that are read; those of 512 states of 4096 numbers are 8 MiB.
  private static final long MOST = 1L << 28;

  private final DType dtype;
  private final List<Long> shape;
  private final byte[] bytes;

  private KeptText(DType dtype, List<Long> shape, byte[] bytes) {
    this.dtype = dtype;
    this.shape = shape;
    this.bytes = bytes;
  }

  static KeptText of(Tensor tensor) {
    return new KeptText(
        tensor.dtype(), LongStream.of(tensor.shape()).boxed().toList(), tensor.toBytes());
  }

  /// In the innermost open scope.
  Tensor tensor() {
    return Tensor.ofBytes(dtype, bytes, shape.stream().mapToLong(Long::longValue).toArray());
  }

  void write(Path file, Sha256 key) throws IOException {
    SafetensorsWriter.to(file)
        .metadata(KEY, key.digits())
        .metadata(CHECKSUM, checksum(key))
        .tensor(NAME, dtype, shape, sink -> sink.write(bytes))
        .write();
  }

  /// None where there is no such file, or it is not whole, or not what its name says. Nothing is
  /// read through a mapping, so what happens to the file meanwhile is no more than that.
  static Optional<KeptText> read(Path file, Sha256 key) {
    try (var opened = SafetensorsFile.open(file)) {
      var entry = opened.entry(NAME);
      if (entry.dtype().isEmpty() || entry.byteCount() > MOST) {
        return Optional.empty();
      }
      var bytes = new byte[(int) entry.byteCount()];
      opened.read(entry, 0, ByteBuffer.wrap(bytes));
      var found = new KeptText(entry.dtype().get(), shape(entry), bytes);
      boolean whole =
          key.digits().equals(opened.metadata().get(KEY))
              && found.checksum(key).equals(opened.metadata().get(CHECKSUM));
      return Optional.of(found).filter(_ -> whole);
    } catch (CheckpointException _) {
      return Optional.empty();
    }
  }

  private static List<Long> shape(TensorEntry entry) {
    return LongStream.of(entry.sizes()).boxed().toList();
  }

  private String checksum(Sha256 key) {
    var sum = new CRC32C();
    sum.update("%s %s %s".formatted(key.digits(), dtype, shape).getBytes(StandardCharsets.UTF_8));
    sum.update(bytes);
    return Long.toHexString(sum.getValue());
  }
}
