package dev.kontext4j.engine.quant;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Tensor;
import java.util.List;
import java.util.stream.IntStream;

/// Blocks of bytes, and what stands in all of them at the same place.
///
/// @param bytes (n, bytes of a block), U8
record Blocks(Tensor bytes) {
  private static final int BITS = 8; // of a byte

  /// A half-precision number: (n, 1), f32.
  Tensor half(int at) {
    return bytes.narrow(1, at, 2).contiguous().bytesAs(DType.F16).to(DType.F32);
  }

  /// Some bytes: (n, count), U8.
  Tensor part(int at, int count) {
    return bytes.narrow(1, at, count);
  }

  /// Bytes with a sign: (n, count), f32.
  Tensor signed(int at, int count) {
    return part(at, count).contiguous().bytesAs(DType.I8).to(DType.F32);
  }

  /// Numbers of `size` bits, several to a byte. Bytes come in groups of `group`: all lowest numbers
  /// of a group come first, then the next higher ones. (n, count) of U8 to (n, count * 8 / size) of
  /// f32.
  static Tensor unpacked(Tensor bytes, int size, int group) {
    return unpackedWhole(bytes, size, group).to(DType.F32);
  }

  /// As [#unpacked], but U8.
  static Tensor unpackedWhole(Tensor bytes, int size, int group) {
    var grouped = bytes.reshape(bytes.size(0), -1, 1, group);
    List<Tensor> numbers =
        IntStream.range(0, BITS / size).mapToObj(i -> grouped.bits(i * size, size)).toList();
    return Tensor.cat(numbers, 2).reshape(bytes.size(0), -1);
  }

  /// Lower and upper bits of numbers put together, both f32: exact, for they are small.
  static Tensor joined(Tensor low, Tensor high, int lowBits) {
    return high.mul(1 << lowBits).add(low);
  }
}
