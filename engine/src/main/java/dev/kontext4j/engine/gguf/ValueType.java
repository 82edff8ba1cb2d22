package dev.kontext4j.engine.gguf;

import java.util.Optional;

/// The types of a header's values, in the order of their numbers in the file.
enum ValueType {
  UINT8(1),
  INT8(1),
  UINT16(2),
  INT16(2),
  UINT32(4),
  INT32(4),
  FLOAT32(4),
  BOOL(1),
  STRING(0),
  ARRAY(0),
  UINT64(8),
  INT64(8),
  FLOAT64(8);

  private static final ValueType[] VALUES = values();

  /// How many bytes each value takes; 0 where they differ.
  final int bytes;

  ValueType(int bytes) {
    this.bytes = bytes;
  }

  static Optional<ValueType> of(long number) {
    return number < VALUES.length ? Optional.of(VALUES[(int) number]) : Optional.empty();
  }

  /// Whether a value is a whole number.
  boolean isInteger() {
    return bytes > 0 && this != FLOAT32 && this != FLOAT64 && this != BOOL;
  }
}
