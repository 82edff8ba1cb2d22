package dev.kontext4j.engine.quant;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.util.Optional;

/// The ways to pack neighbouring elements of a row into a block of bytes that can be taken apart
/// here. Names are those of the GGUF format.
///
/// Each is exact to the reference decoder, in f32, and made of libtorch's operations on all blocks
/// at once, so that it is the same on every device.
///
/// Reference: https://github.com/ggml-org/llama.cpp/blob/master/gguf-py/gguf/quants.py
public enum BlockType {
  Q4_0(32, 18),
  Q4_1(32, 20),
  Q5_0(32, 22),
  Q5_1(32, 24),
  Q8_0(32, 34),
  Q2_K(256, 84),
  Q3_K(256, 110),
  Q4_K(256, 144),
  Q5_K(256, 176),
  Q6_K(256, 210),
  IQ4_NL(32, 18),
  IQ4_XS(256, 136);

  private static final BlockType[] VALUES = values();

  private final int elements;
  private final int bytes;

  BlockType(int elements, int bytes) {
    this.elements = elements;
    this.bytes = bytes;
  }

  public static Optional<BlockType> named(String name) {
    for (BlockType type : VALUES) {
      if (type.name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /// How many elements a block holds.
  public int elements() {
    return elements;
  }

  /// How many bytes it takes.
  public int bytes() {
    return bytes;
  }

  /// Takes blocks apart: (n, bytes) of U8 to (n, elements) of f32.
  public Tensor decode(Tensor blocks) {
    return Scope.tidy(() -> decode(new Blocks(blocks)));
  }

  private Tensor decode(Blocks blocks) {
    return switch (this) {
      case Q4_0 -> ShortBlocks.q40(blocks);
      case Q4_1 -> ShortBlocks.q41(blocks);
      case Q5_0 -> ShortBlocks.q50(blocks);
      case Q5_1 -> ShortBlocks.q51(blocks);
      case Q8_0 -> ShortBlocks.q80(blocks);
      case Q2_K -> LongBlocks.q2(blocks);
      case Q3_K -> LongBlocks.q3(blocks);
      case Q4_K -> LongBlocks.q4(blocks);
      case Q5_K -> LongBlocks.q5(blocks);
      case Q6_K -> LongBlocks.q6(blocks);
      case IQ4_NL -> TableBlocks.nl(blocks);
      case IQ4_XS -> TableBlocks.xs(blocks);
    };
  }
}
