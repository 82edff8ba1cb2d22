package dev.kontext4j.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A GGUF file whose header is all there is: where the data should be the disk has a hole.
public final class SparseGguf {
  private static final int ALIGNMENT = 32;
  private static final int TEXT = 8; // a kind of value

  private final String architecture;
  private final Map<String, Entry> tensors = new LinkedHashMap<>();

  /// What elements are stored as: the format's number of it, and blocks of so many elements in so
  /// many bytes.
  public enum Type {
    F32(0, 1, 4),
    Q8_0(8, 32, 34),
    Q4_K(12, 256, 144);

    private final int number;
    private final int elements;
    private final int bytes;

    Type(int number, int elements, int bytes) {
      this.number = number;
      this.elements = elements;
      this.bytes = bytes;
    }
  }

  private record Entry(Type type, List<Long> shape) {
    long bytes() {
      long elements = shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
      return elements / type.elements * type.bytes;
    }
  }

  public SparseGguf(String architecture) {
    this.architecture = architecture;
  }

  /// Adds tensors, packed where their rows can be, and in f32 where they have no rows.
  public SparseGguf addAll(Type packed, Map<String, List<Long>> shapes) {
    shapes.forEach((name, shape) -> {
      boolean fits = shape.size() == 2 && shape.getLast() % packed.elements == 0;
      tensors.put(name, new Entry(fits ? packed : Type.F32, shape));
    });
    return this;
  }

  public Path write(Path file) throws IOException {
    var header = new Header();
    header.bytes.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
    header.u32(3).u64(tensors.size()).u64(1);
    header.text("general.architecture").u32(TEXT).text(architecture);
    long place = 0;
    for (var tensor : tensors.entrySet()) {
      var shape = tensor.getValue().shape;
      header.text(tensor.getKey()).u32(shape.size());
      shape.reversed().forEach(header::u64);
      header.u32(tensor.getValue().type.number).u64(place);
      place = aligned(place + tensor.getValue().bytes());
    }
    try (var out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(header.bytes.toByteArray());
      out.setLength(aligned(header.bytes.size()) + place);
    }
    return file;
  }

  private static long aligned(long at) {
    return Math.ceilDiv(at, ALIGNMENT) * ALIGNMENT;
  }

  private static final class Header {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Header u32(int value) {
      bytes.writeBytes(little(Integer.BYTES).putInt(value).array());
      return this;
    }

    Header u64(long value) {
      bytes.writeBytes(little(Long.BYTES).putLong(value).array());
      return this;
    }

    Header text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      u64(utf8.length).bytes.writeBytes(utf8);
      return this;
    }

    private static ByteBuffer little(int size) {
      return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
