package dev.kontext4j.engine.weights;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The element types of the safetensors format, more than the engine computes with.
///
/// The order is the reference library's and carries meaning: its writer lays tensors out from the
/// last type of this list to the first, so that wide elements come first and stay aligned.
///
/// Reference: `Dtype` in
/// https://github.com/huggingface/safetensors/blob/main/safetensors/src/tensor.rs
enum StoredType {
  BOOL(8),
  F4(4),
  F6_E2M3(6),
  F6_E3M2(6),
  U8(8),
  I8(8),
  F8_E5M2(8),
  F8_E4M3(8),
  F8_E8M0(8),
  F8_E4M3FNUZ(8),
  F8_E5M2FNUZ(8),
  I16(16),
  U16(16),
  F16(16),
  BF16(16),
  I32(32),
  U32(32),
  F32(32),
  C64(64),
  F64(64),
  I64(64),
  U64(64);

  private static final StoredType[] VALUES = values();

  private final int bits;

  StoredType(int bits) {
    this.bits = bits;
  }

  static Optional<StoredType> named(String name) {
    for (StoredType type : VALUES) {
      if (type.name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /// How many bytes a tensor takes; empty where the count overflows or ends inside a byte.
  OptionalLong byteCount(List<Long> shape) {
    try {
      long elements = 1;
      for (long size : shape) {
        elements = Math.multiplyExact(elements, size);
      }
      long total = Math.multiplyExact(elements, bits);
      return total % 8 == 0 ? OptionalLong.of(total / 8) : OptionalLong.empty();
    } catch (ArithmeticException _) {
      return OptionalLong.empty();
    }
  }
}
