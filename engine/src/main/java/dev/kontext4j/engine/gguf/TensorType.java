package dev.kontext4j.engine.gguf;

import dev.kontext4j.engine.quant.BlockType;
import java.util.Optional;
import java.util.OptionalLong;

/// How GGUF files store elements, with the number that stands for it in the file: all that are
/// defined, more than the engine can take apart. Names are the format's own.
///
/// Reference: `GGMLQuantizationType` and `GGML_QUANT_SIZES` in
/// https://github.com/ggml-org/llama.cpp/blob/master/gguf-py/gguf/constants.py
enum TensorType {
  F32(0, 1, 4),
  F16(1, 1, 2),
  Q4_0(2, BlockType.Q4_0),
  Q4_1(3, BlockType.Q4_1),
  Q5_0(6, BlockType.Q5_0),
  Q5_1(7, BlockType.Q5_1),
  Q8_0(8, BlockType.Q8_0),
  Q8_1(9, 32, 40),
  Q2_K(10, BlockType.Q2_K),
  Q3_K(11, BlockType.Q3_K),
  Q4_K(12, BlockType.Q4_K),
  Q5_K(13, BlockType.Q5_K),
  Q6_K(14, BlockType.Q6_K),
  Q8_K(15, 256, 292),
  IQ2_XXS(16, 256, 66),
  IQ2_XS(17, 256, 74),
  IQ3_XXS(18, 256, 98),
  IQ1_S(19, 256, 50),
  IQ4_NL(20, BlockType.IQ4_NL),
  IQ3_S(21, 256, 110),
  IQ2_S(22, 256, 82),
  IQ4_XS(23, BlockType.IQ4_XS),
  I8(24, 1, 1),
  I16(25, 1, 2),
  I32(26, 1, 4),
  I64(27, 1, 8),
  F64(28, 1, 8),
  IQ1_M(29, 256, 56),
  BF16(30, 1, 2),
  TQ1_0(34, 256, 54),
  TQ2_0(35, 256, 66),
  MXFP4(39, 32, 17),
  NVFP4(40, 64, 36),
  Q1_0(41, 128, 18);

  private static final TensorType[] VALUES = values();

  /// The number of this type in a file.
  final int number;

  /// How many neighbours in a row are stored together.
  final int blockElements;

  private final int blockBytes;

  TensorType(int number, int blockElements, int blockBytes) {
    this.number = number;
    this.blockElements = blockElements;
    this.blockBytes = blockBytes;
  }

  TensorType(int number, BlockType blocks) {
    this(number, blocks.elements(), blocks.bytes());
  }

  static Optional<TensorType> of(long number) {
    for (TensorType type : VALUES) {
      if (type.number == number) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /// How many bytes so many elements take; empty where that cannot be.
  OptionalLong byteCount(long elements) {
    long blocks = elements / blockElements;
    boolean fits = blocks <= Long.MAX_VALUE / blockBytes;
    return fits ? OptionalLong.of(blocks * blockBytes) : OptionalLong.empty();
  }
}
