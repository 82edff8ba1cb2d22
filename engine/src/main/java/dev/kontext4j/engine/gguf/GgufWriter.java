package dev.kontext4j.engine.gguf;

import dev.kontext4j.engine.file.AtomicFile;
import dev.kontext4j.engine.file.TensorSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes a GGUF file, whole or not at all. Tensors are asked for one after the other.
public final class GgufWriter {
  private static final int VERSION = 3;
  private static final int ALIGNMENT = 32;
  private static final int PIECE = 1 << 20;
  private static final int TEXT = 8; // the numbers of value types
  private static final int WHOLE = 4;

  private final Path path;
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Map<String, Pending> tensors = new LinkedHashMap<>();

  private record Pending(TensorType type, List<Long> shape, long bytes, TensorSource source) {}

  private GgufWriter(Path path) {
    this.path = path;
  }

  /// A writer of the file at `path`; nothing is touched before [#write()].
  public static GgufWriter to(Path path) {
    return new GgufWriter(path);
  }

  public GgufWriter value(String key, String text) {
    values.put(key, text);
    return this;
  }

  public GgufWriter value(String key, int number) {
    values.put(key, number);
    return this;
  }

  /// Adds a tensor whose bytes are asked for by [#write()], when its turn has come.
  ///
  /// @param type how they are stored, by the format's name
  public GgufWriter tensor(String name, String type, List<Long> shape, TensorSource source) {
    var stored = TensorType.valueOf(type);
    long elements = shape.stream().reduce(1L, Math::multiplyExact);
    long bytes = stored.byteCount(elements).orElseThrow();
    if (tensors.put(name, new Pending(stored, List.copyOf(shape), bytes, source)) != null) {
      throw new IllegalArgumentException("the name '%s' is taken".formatted(name));
    }
    return this;
  }

  /// Writes the file.
  ///
  /// @throws IllegalArgumentException if a source gives more or fewer bytes than its shape needs
  public void write() throws IOException {
    try (var file = AtomicFile.at(path);
        var arena = Arena.ofConfined()) {
      put(file.channel(), ByteBuffer.wrap(header()));
      var buffer = arena.allocate(PIECE);
      for (var tensor : tensors.entrySet()) {
        pad(file.channel());
        long begin = file.channel().position();
        tensor.getValue().source().writeTo(bytes -> put(file.channel(), bytes, buffer));
        long written = file.channel().position() - begin;
        if (written != tensor.getValue().bytes()) {
          throw new IllegalArgumentException(
              "tensor '%s' came with %d bytes, expected %d"
                  .formatted(tensor.getKey(), written, tensor.getValue().bytes()));
        }
      }
      pad(file.channel());
      file.commit();
    }
  }

  private byte[] header() {
    var header = new Bytes();
    header.out.writeBytes(GgufFile.MAGIC);
    header.u32(VERSION).u64(tensors.size()).u64(values.size());
    values.forEach((key, value) -> {
      header.text(key);
      if (value instanceof Integer number) {
        header.u32(WHOLE).u32(number);
      } else {
        header.u32(TEXT).text(value.toString());
      }
    });
    long place = 0;
    for (var tensor : tensors.entrySet()) {
      var pending = tensor.getValue();
      header.text(tensor.getKey()).u32(pending.shape().size());
      pending.shape().reversed().forEach(header::u64);
      header.u32(pending.type().number).u64(place);
      place = Math.ceilDiv(place + pending.bytes(), ALIGNMENT) * ALIGNMENT;
    }
    return header.out.toByteArray();
  }

  private static void pad(FileChannel channel) throws IOException {
    int over = (int) (channel.position() % ALIGNMENT);
    put(channel, ByteBuffer.allocate(over == 0 ? 0 : ALIGNMENT - over));
  }

  /// Through a buffer, since a segment may lie on the heap, in an array of any kind.
  private static void put(FileChannel channel, MemorySegment bytes, MemorySegment buffer)
      throws IOException {
    for (long at = 0; at < bytes.byteSize(); at += PIECE) {
      long size = Math.min(PIECE, bytes.byteSize() - at);
      MemorySegment.copy(bytes, at, buffer, 0, size);
      put(channel, buffer.asSlice(0, size).asByteBuffer());
    }
  }

  private static void put(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /// Numbers little-endian, texts with their length before them.
  private static final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Bytes u32(long value) {
      return little(value, Integer.BYTES);
    }

    Bytes u64(long value) {
      return little(value, Long.BYTES);
    }

    Bytes text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      u64(utf8.length);
      out.writeBytes(utf8);
      return this;
    }

    private Bytes little(long value, int bytes) {
      var whole = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
      out.write(whole.array(), 0, bytes);
      return this;
    }
  }
}
