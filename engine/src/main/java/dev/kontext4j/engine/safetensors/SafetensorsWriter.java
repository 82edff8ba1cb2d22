package dev.kontext4j.engine.safetensors;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.file.AtomicFile;
import dev.kontext4j.engine.file.TensorEntry;
import dev.kontext4j.engine.file.TensorSource;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes a safetensors file: whole or not at all, over a file that may be there, and byte for byte
/// as Python's safetensors 0.8 writes the same tensors.
///
/// So the tensors are sorted, the widest element types first and then by name, whatever order they
/// were given in: wide elements stay aligned, and the same content is always the same file.
/// Metadata is sorted by key (the reference library leaves its order to chance).
public final class SafetensorsWriter {
  /// As Rust compares strings: by their UTF-8, which differs from Java's order beyond U+FFFF.
  private static final Comparator<String> BY_UTF8 =
      Comparator.comparing(s -> s.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private static final int PIECE = 1 << 20;

  private final Path path;
  private final Map<String, String> metadata = new TreeMap<>(BY_UTF8);
  private final Map<String, Pending> tensors = new TreeMap<>(BY_UTF8);

  private SafetensorsWriter(Path path) {
    this.path = path;
  }

  /// A writer of the file at `path`; nothing is touched before [#write()].
  public static SafetensorsWriter to(Path path) {
    return new SafetensorsWriter(path);
  }

  public SafetensorsWriter metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /// Adds a tensor whose bytes are read from `bytes` by [#write()].
  public SafetensorsWriter tensor(String name, DType dtype, List<Long> shape, MemorySegment bytes) {
    return tensor(name, dtype, shape, sink -> sink.write(bytes));
  }

  /// Adds a tensor whose bytes are asked for by [#write()], when its turn has come.
  public SafetensorsWriter tensor(String name, DType dtype, List<Long> shape, TensorSource source) {
    var stored = StoredType.named(dtype.safetensorsName()).orElseThrow();
    var bytes = stored.byteCount(shape);
    if (bytes.isEmpty() || shape.stream().anyMatch(size -> size < 0)) {
      throw new IllegalArgumentException("tensor '%s' cannot be %s".formatted(name, shape));
    }
    var pending = new Pending(stored, List.copyOf(shape), bytes.getAsLong(), source);
    if (name.equals(HeaderText.METADATA) || tensors.putIfAbsent(name, pending) != null) {
      throw new IllegalArgumentException("the name '%s' is taken".formatted(name));
    }
    return this;
  }

  /// Writes the file.
  ///
  /// @throws IllegalArgumentException if a source gives more or fewer bytes than its shape needs
  public void write() throws IOException {
    var placed = placed();
    try (var file = AtomicFile.at(path);
        var arena = Arena.ofConfined()) {
      writeFully(file.channel(), HeaderWriting.bytes(metadata, placed.keySet()));
      var buffer = arena.allocate(PIECE);
      for (var tensor : placed.entrySet()) {
        var sink = new CountingSink(file.channel(), buffer);
        tensor.getValue().writeTo(sink);
        sink.checkCount(tensor.getKey());
      }
      file.commit();
    }
  }

  /// The tensors in their order and places.
  private Map<TensorEntry, TensorSource> placed() {
    var byType = new ArrayList<>(tensors.entrySet());
    byType.sort(
        Comparator.comparing(tensor -> tensor.getValue().type(), Comparator.reverseOrder()));
    var placed = new LinkedHashMap<TensorEntry, TensorSource>();
    long begin = 0;
    for (var tensor : byType) {
      var pending = tensor.getValue();
      long end = Math.addExact(begin, pending.bytes());
      var entry =
          new TensorEntry(tensor.getKey(), pending.type().name(), pending.shape(), begin, end);
      placed.put(entry, pending.source());
      begin = end;
    }
    return placed;
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private record Pending(StoredType type, List<Long> shape, long bytes, TensorSource source) {}

  /// Passes bytes on through a buffer, since a segment may be longer than a `ByteBuffer` can be and
  /// may lie on the heap, in an array of any kind.
  private static final class CountingSink implements TensorSource.Sink {
    private final FileChannel channel;
    private final MemorySegment buffer;
    private long count;

    CountingSink(FileChannel channel, MemorySegment buffer) {
      this.channel = channel;
      this.buffer = buffer;
    }

    @Override
    public void write(MemorySegment bytes) throws IOException {
      for (long at = 0; at < bytes.byteSize(); at += PIECE) {
        long size = Math.min(PIECE, bytes.byteSize() - at);
        MemorySegment.copy(bytes, at, buffer, 0, size);
        writeFully(channel, buffer.asSlice(0, size).asByteBuffer());
      }
      count += bytes.byteSize();
    }

    void checkCount(TensorEntry entry) {
      if (count != entry.byteCount()) {
        throw new IllegalArgumentException(
            "tensor '%s' came with %d bytes, expected %d for %s %s"
                .formatted(
                    entry.name(), count, entry.byteCount(), entry.dtypeName(), entry.shape()));
      }
    }
  }
}
