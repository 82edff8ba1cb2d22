package dev.kontext4j.engine.quant;

import dev.kontext4j.engine.Tensor;

/// Blocks of 32 elements: a scale, sometimes an offset, and small whole numbers.
final class ShortBlocks {
  private static final int HALF = 16; // elements

  private ShortBlocks() {}

  /// 4 bits, from -8 to 7.
  static Tensor q40(Blocks b) {
    return b.half(0).mul(nibbles(b, 2).add(-8));
  }

  /// 4 bits and an offset.
  static Tensor q41(Blocks b) {
    return b.half(0).mul(nibbles(b, 4)).add(b.half(2));
  }

  /// 5 bits, from -16 to 15; the fifth ones stand apart.
  static Tensor q50(Blocks b) {
    return b.half(0).mul(fiveBits(b, 2).add(-16));
  }

  /// 5 bits and an offset.
  static Tensor q51(Blocks b) {
    return b.half(0).mul(fiveBits(b, 4)).add(b.half(2));
  }

  /// A byte with a sign.
  static Tensor q80(Blocks b) {
    return b.signed(2, 2 * HALF).mul(b.half(0));
  }

  private static Tensor nibbles(Blocks b, int at) {
    return Blocks.unpacked(b.part(at, HALF), 4, HALF);
  }

  private static Tensor fiveBits(Blocks b, int at) {
    var fifth = Blocks.unpacked(b.part(at, 4), 1, 1);
    return Blocks.joined(nibbles(b, at + 4), fifth, 4);
  }
}
