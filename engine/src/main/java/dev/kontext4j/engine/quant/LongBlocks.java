package dev.kontext4j.engine.quant;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Tensor;
import java.util.List;

/// The K family: blocks of 256 elements, in groups of 16 or 32 that have small scales (and offsets)
/// of their own, which the block's one or two half-precision numbers multiply.
final class LongBlocks {
  private static final int ELEMENTS = 256;

  private LongBlocks() {}

  /// 2 bits; a scale and an offset of 4 bits for each 16.
  static Tensor q2(Blocks b) {
    var both = b.part(0, 16);
    var scales = b.half(80).mul(both.bits(0, 4).to(DType.F32));
    var offsets = b.half(82).mul(both.bits(4, 4).to(DType.F32));
    return scaled(Blocks.unpacked(b.part(16, 64), 2, 32), scales, offsets);
  }

  /// 3 bits, from -4 to 3, the third ones apart; a scale of 6 bits for each 16.
  static Tensor q3(Blocks b) {
    var low = Blocks.unpacked(b.part(96, 8), 4, 8);
    var high = Blocks.unpacked(b.part(104, 4), 2, 4);
    var scales = b.half(108).mul(Blocks.joined(low, high, 4).add(-32));
    var numbers = Blocks.unpacked(b.part(32, 64), 2, 32);
    var third = Blocks.unpacked(b.part(0, 32), 1, 32);
    return scaled(Blocks.joined(numbers, third, 2).add(-4), scales);
  }

  /// 4 bits; a scale and an offset of 6 bits for each 32.
  static Tensor q4(Blocks b) {
    return scaledBySix(b, Blocks.unpacked(b.part(16, 128), 4, 32));
  }

  /// 5 bits, the fifth ones apart; a scale and an offset of 6 bits for each 32.
  static Tensor q5(Blocks b) {
    var low = Blocks.unpacked(b.part(48, 128), 4, 32);
    var fifth = Blocks.unpacked(b.part(16, 32), 1, 32);
    return scaledBySix(b, Blocks.joined(low, fifth, 4));
  }

  /// 6 bits, from -32 to 31, the upper two apart; a scale of a whole byte for each 16.
  static Tensor q6(Blocks b) {
    var scales = b.half(208).mul(b.signed(192, 16));
    var low = Blocks.unpacked(b.part(0, 128), 4, 64);
    var high = Blocks.unpacked(b.part(128, 64), 2, 32);
    return scaled(Blocks.joined(low, high, 4).add(-32), scales);
  }

  /// Eight scales and eight offsets of 6 bits in 12 bytes: the first four of each whole in a byte,
  /// whose upper two bits belong to the last four; the lower bits of those share a byte.
  private static Tensor scaledBySix(Blocks b, Tensor numbers) {
    var forScales = b.part(4, 4);
    var forOffsets = b.part(8, 4);
    var shared = b.part(12, 4);
    var scales = sixBits(forScales, shared.bits(0, 4));
    var offsets = sixBits(forOffsets, shared.bits(4, 4));
    return scaled(numbers, b.half(0).mul(scales), b.half(2).mul(offsets));
  }

  private static Tensor sixBits(Tensor own, Tensor lowerOfLast) {
    var first = own.bits(0, 6).to(DType.F32);
    var last = Blocks.joined(lowerOfLast.to(DType.F32), own.bits(6, 2).to(DType.F32), 4);
    return Tensor.cat(List.of(first, last), 1);
  }

  /// Numbers (n, 256) times the scales (n, groups) of their groups.
  private static Tensor scaled(Tensor numbers, Tensor scales) {
    long groups = scales.size(1);
    return numbers
        .reshape(-1, groups, ELEMENTS / groups)
        .mul(scales.unsqueeze(2))
        .reshape(-1, ELEMENTS);
  }

  private static Tensor scaled(Tensor numbers, Tensor scales, Tensor offsets) {
    long groups = scales.size(1);
    return numbers
        .reshape(-1, groups, ELEMENTS / groups)
        .mul(scales.unsqueeze(2))
        .sub(offsets.unsqueeze(2))
        .reshape(-1, ELEMENTS);
  }
}
