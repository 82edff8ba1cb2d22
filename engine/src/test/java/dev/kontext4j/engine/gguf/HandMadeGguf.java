package dev.kontext4j.engine.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A GGUF file put together byte by byte, so that it can be wrong in any way.
final class HandMadeGguf {
  static final int ALIGNMENT = 32;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /// The beginning that all files have.
  static HandMadeGguf of(long tensors, long values) {
    return new HandMadeGguf().raw("GGUF").u32(3).u64(tensors).u64(values);
  }

  HandMadeGguf raw(String text) {
    bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  HandMadeGguf u8(int value) {
    bytes.write(value);
    return this;
  }

  HandMadeGguf u32(long value) {
    return little(value, Integer.BYTES);
  }

  HandMadeGguf u64(long value) {
    return little(value, Long.BYTES);
  }

  HandMadeGguf text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    u64(utf8.length);
    bytes.writeBytes(utf8);
    return this;
  }

  /// A text as a value.
  HandMadeGguf value(String key, String value) {
    return text(key).u32(number(ValueType.STRING)).text(value);
  }

  HandMadeGguf value(String key, int value) {
    return text(key).u32(number(ValueType.UINT32)).u32(value);
  }

  /// The beginning of a list; its elements must follow.
  HandMadeGguf list(String key, ValueType type, long count) {
    return text(key).u32(number(ValueType.ARRAY)).u32(number(type)).u64(count);
  }

  /// @param sizes from the innermost dimension out
  HandMadeGguf tensor(String name, TensorType type, long place, long... sizes) {
    text(name).u32(sizes.length);
    for (long size : sizes) {
      u64(size);
    }
    return u32(type.number).u64(place);
  }

  /// Fills up to the next multiple of the alignment.
  HandMadeGguf aligned() {
    while (bytes.size() % ALIGNMENT != 0) {
      bytes.write(0);
    }
    return this;
  }

  HandMadeGguf zeros(int count) {
    bytes.writeBytes(new byte[count]);
    return this;
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  private static int number(ValueType type) {
    return Arrays.asList(ValueType.values()).indexOf(type);
  }

  private HandMadeGguf little(long value, int count) {
    for (int i = 0; i < count; i++) {
      u8((int) (value >>> (Byte.SIZE * i)));
    }
    return this;
  }

  /// A good file of all that a header can hold.
  static byte[] good() {
    return of(3, 6)
        .value("general.architecture", "flux")
        .value("general.alignment", ALIGNMENT)
        .list("tokenizer.ggml.tokens", ValueType.STRING, 3)
        .text("a")
        .text("")
        .text("\u00fc")
        .list("some.numbers", ValueType.FLOAT64, 2)
        .u64(1)
        .u64(2)
        .list("comfy.gguf.orig_shape.c", ValueType.INT32, 2)
        .u32(64)
        .u32(4)
        .text("some.flag")
        .u32(number(ValueType.BOOL))
        .u8(1)
        .tensor("a", TensorType.F32, 0, 3, 2)
        .tensor("b", TensorType.Q8_0, 32, 64, 2)
        .tensor("c", TensorType.Q4_K, 192, 256)
        .aligned()
        .zeros(24 + 8) // a
        .zeros(2 * 2 * 34 + 24) // b
        .zeros(144 + 16) // c
        .bytes();
  }
}
