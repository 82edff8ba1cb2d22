package dev.kontext4j.engine;

import java.util.Optional;

/// The element types that tensors can have, each with libtorch's number and the name that
/// safetensors files give it.
public enum DType {
  F32(6, 4, "F32"),
  F16(5, 2, "F16"),
  BF16(15, 2, "BF16"),
  F8_E4M3(24, 1, "F8_E4M3"),
  F8_E5M2(23, 1, "F8_E5M2"),
  I8(1, 1, "I8"),
  U8(0, 1, "U8"),
  I32(3, 4, "I32"),
  I64(4, 8, "I64"),
  BOOL(11, 1, "BOOL");

  private static final DType[] VALUES = values();

  private final int torchCode;
  private final int bytes;
  private final String safetensorsName;

  DType(int torchCode, int bytes, String safetensorsName) {
    this.torchCode = torchCode;
    this.bytes = bytes;
    this.safetensorsName = safetensorsName;
  }

  /// The number of this type in libtorch's `ScalarType`.
  public int torchCode() {
    return torchCode;
  }

  /// Size of one element.
  public int bytes() {
    return bytes;
  }

  public String safetensorsName() {
    return safetensorsName;
  }

  public static Optional<DType> ofSafetensorsName(String name) {
    for (DType type : VALUES) {
      if (type.safetensorsName.equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  public static DType ofTorchCode(int code) {
    for (DType type : VALUES) {
      if (type.torchCode == code) {
        return type;
      }
    }
    throw new IllegalArgumentException("libtorch's element type " + code + " is not in use here");
  }
}
