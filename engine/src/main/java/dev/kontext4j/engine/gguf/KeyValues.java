package dev.kontext4j.engine.gguf;

import dev.kontext4j.engine.file.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The values at the beginning of a GGUF file: single ones as text, and the shapes that tensors had
/// before a converter folded them. Other lists are passed over.
final class KeyValues {
  private static final String ORIGINAL_SHAPE = "comfy.gguf.orig_shape.";

  /// Heap that an entry of a map takes besides its texts.
  private static final int WEIGHT = 160;

  private static final int LEAST_BYTES = 13; // an empty key, a type and one byte
  private static final int MOST_DIMENSIONS = 8;

  private final GgufInput in;
  private final Set<String> keys = new HashSet<>();
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, List<Long>> originalShapes = new LinkedHashMap<>();

  KeyValues(GgufInput in) {
    this.in = in;
  }

  static int leastBytes() {
    return LEAST_BYTES;
  }

  void read(long count) throws IOException {
    for (long i = 0; i < count; i++) {
      String key = in.text("a key");
      in.keep(WEIGHT);
      var type = type("the value of " + shown(key));
      if (!keys.add(key)) {
        throw in.wrong("the key %s comes twice".formatted(shown(key)));
      }
      if (type == ValueType.ARRAY) {
        readList(key);
      } else {
        texts.put(key, single(type));
      }
    }
  }

  Map<String, String> texts() {
    return texts;
  }

  /// Of the tensor with that name, if it was folded.
  Map<String, List<Long>> originalShapes() {
    return originalShapes;
  }

  private ValueType type(String what) throws IOException {
    long number = in.u32();
    return ValueType.of(number)
        .orElseThrow(() -> in.wrong("%s is of the unknown type %d".formatted(what, number)));
  }

  private String single(ValueType type) throws IOException {
    return switch (type) {
      case STRING -> in.text("a value");
      case FLOAT32 -> Float.toString(in.f32());
      case FLOAT64 -> Double.toString(in.f64());
      case BOOL -> Boolean.toString(in.number(1) != 0);
      case UINT64 -> Long.toUnsignedString(in.number(Long.BYTES));
      case INT8, INT16, INT32 -> Long.toString(signed(type));
      default -> Long.toString(in.number(type.bytes));
    };
  }

  private long signed(ValueType type) throws IOException {
    int unused = Long.SIZE - Byte.SIZE * type.bytes;
    return in.number(type.bytes) << unused >> unused;
  }

  private void readList(String key) throws IOException {
    var type = type("the list " + shown(key));
    if (type == ValueType.ARRAY) {
      throw in.wrong("the list %s holds lists, as no model's does".formatted(shown(key)));
    }
    long count = in.countOf("elements of " + shown(key), Math.max(type.bytes, 1));
    if (key.startsWith(ORIGINAL_SHAPE)) {
      originalShapes.put(key.substring(ORIGINAL_SHAPE.length()), shape(key, type, count));
    } else if (type == ValueType.STRING) {
      for (long i = 0; i < count; i++) {
        in.skipText();
      }
    } else {
      in.skip(count * type.bytes);
    }
  }

  private List<Long> shape(String key, ValueType type, long count) throws IOException {
    if (!type.isInteger() || count > MOST_DIMENSIONS) {
      throw in.wrong("%s is no shape".formatted(shown(key)));
    }
    var shape = new ArrayList<Long>();
    for (long i = 0; i < count; i++) {
      shape.add(signed(type));
    }
    return shape;
  }

  private static String shown(String key) {
    return Refusal.quoted(key);
  }
}
