package dev.kontext4j.engine.gguf;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.file.Refusal;
import dev.kontext4j.engine.file.TensorEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The list of a GGUF file's tensors. Their data lie one after the other in the list's order, each
/// begun at a multiple of the alignment, as the format's own library demands.
final class TensorInfos {
  private static final int LEAST_BYTES = 24; // no name, no dimensions, a type and a place
  private static final int MOST_DIMENSIONS = 8;

  /// Heap that an entry takes besides its name and sizes.
  private static final int WEIGHT = 240;

  private static final int SIZE_WEIGHT = 24;

  private final GgufInput in;
  private final Map<String, List<Long>> originalShapes;
  private final long alignment;
  private final Map<String, TensorEntry> entries = new LinkedHashMap<>();
  private long end;

  TensorInfos(GgufInput in, Map<String, List<Long>> originalShapes, long alignment) {
    this.in = in;
    this.originalShapes = originalShapes;
    this.alignment = alignment;
  }

  static int leastBytes() {
    return LEAST_BYTES;
  }

  void read(long count) throws IOException {
    for (long i = 0; i < count; i++) {
      var entry = entry(in.text("the name of a tensor"));
      if (entries.putIfAbsent(entry.name(), entry) != null) {
        throw in.wrong("the name %s comes twice".formatted(Refusal.quoted(entry.name())));
      }
    }
  }

  /// By name, in the order of their data.
  Map<String, TensorEntry> entries() {
    return Collections.unmodifiableMap(entries);
  }

  /// One past the last byte of the last tensor.
  long end() {
    return end;
  }

  private TensorEntry entry(String name) throws IOException {
    in.keep(WEIGHT);
    var stored = sizes(name);
    long number = in.u32();
    var type =
        TensorType.of(number)
            .orElseThrow(() -> wrong(name, "is of the unknown type %d".formatted(number)));
    long begin = in.count("the place of tensor " + Refusal.quoted(name));
    if (begin != aligned(end)) {
      throw wrong(name, "begins at byte %d, expected %d".formatted(begin, aligned(end)));
    }
    end = begin + bytes(name, stored, type);
    if (end < begin) {
      throw wrong(name, "has a size that cannot be");
    }
    return new TensorEntry(name, type.name(), shape(name, stored), begin, end);
  }

  /// From the outermost dimension to the innermost; the file begins with the innermost.
  private List<Long> sizes(String name) throws IOException {
    long dimensions = in.u32();
    if (dimensions > MOST_DIMENSIONS) {
      throw wrong(
          name, "has %d dimensions, expected at most %d".formatted(dimensions, MOST_DIMENSIONS));
    }
    in.keep(SIZE_WEIGHT * dimensions);
    var sizes = new ArrayList<Long>();
    for (long i = 0; i < dimensions; i++) {
      sizes.addFirst(in.count("a size of tensor " + Refusal.quoted(name)));
    }
    return sizes;
  }

  private long bytes(String name, List<Long> sizes, TensorType type) {
    long innermost = sizes.isEmpty() ? 1 : sizes.getLast();
    if (innermost % type.blockElements != 0) {
      throw wrong(
          name,
          "has rows of %d elements, which %s cannot store: it takes %d at a time"
              .formatted(innermost, type, type.blockElements));
    }
    try {
      return type.byteCount(elements(sizes)).orElseThrow(ArithmeticException::new);
    } catch (ArithmeticException _) {
      throw wrong(name, "has a size that cannot be");
    }
  }

  /// The shape that the tensor has in the model.
  private List<Long> shape(String name, List<Long> stored) {
    var original = originalShapes.get(name);
    if (original == null) {
      return stored;
    }
    try {
      if (original.stream().allMatch(size -> size >= 0) && elements(original) == elements(stored)) {
        return original;
      }
    } catch (ArithmeticException _) {
      // More elements than can be counted are not those that are stored.
    }
    throw wrong(name, "has another number of elements than its original shape");
  }

  private static long elements(List<Long> sizes) {
    long count = 1;
    for (long size : sizes) {
      count = Math.multiplyExact(count, size);
    }
    return count;
  }

  private long aligned(long place) {
    return Math.ceilDiv(place, alignment) * alignment;
  }

  private CheckpointException wrong(String name, String what) {
    return in.wrong("tensor %s %s".formatted(Refusal.quoted(name), what));
  }
}
