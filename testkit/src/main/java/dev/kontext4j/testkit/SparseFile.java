package dev.kontext4j.testkit;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A safetensors file whose header is all there is: where the data should be the disk has a hole.
public final class SparseFile {
  private final Map<String, Entry> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  /// One without tensors yet.
  public SparseFile() {}

  private record Entry(String dtype, List<Long> shape) {
    long bytes() {
      long elements = shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
      return elements
          * (dtype.startsWith("F8") || dtype.equals("U8") ? 1 : dtype.equals("F32") ? 4 : 2);
    }
  }

  public SparseFile add(String name, String dtype, Long... shape) {
    tensors.put(name, new Entry(dtype, List.of(shape)));
    return this;
  }

  public SparseFile addAll(String prefix, String dtype, Map<String, List<Long>> shapes) {
    shapes.forEach((name, shape) -> tensors.put(prefix + name, new Entry(dtype, shape)));
    return this;
  }

  public SparseFile metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  public Path write(Path file) throws IOException {
    var header = new LinkedHashMap<String, Object>();
    if (!metadata.isEmpty()) {
      header.put("__metadata__", metadata);
    }
    long end = 0;
    for (var tensor : tensors.entrySet()) {
      long begin = end;
      end += tensor.getValue().bytes();
      header.put(
          tensor.getKey(),
          Map.of(
              "dtype",
              tensor.getValue().dtype(),
              "shape",
              new ArrayList<>(tensor.getValue().shape()),
              "data_offsets",
              List.of(begin, end)));
    }
    byte[] json = new JsonMapper().writeValueAsBytes(header);
    try (var out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).array());
      out.write(json);
      out.setLength(8 + json.length + end);
    }
    return file;
  }
}
