package dev.kontext4j.engine.quant;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;

/// A matrix in numbers of 8 bits: each row is stretched so that its largest number is the largest
/// there is, and has the scale that undoes it.
///
/// @param numbers whole ones (I8) or floating-point ones (F8_E4M3): (n, k)
/// @param scales what a row's numbers are multiplied by: (n, 1), f32
public record EightBitRows(Tensor numbers, Tensor scales) {
  private static final float LARGEST_INT8 = 127; // -128 is not used, so that signs are alike
  private static final float LARGEST_FP8 = 448;

  /// The rows of a matrix (n, k) of any floating-point type.
  public static EightBitRows of(Tensor rows, DType type) {
    try (var scope = Scope.open()) {
      float largest = type == DType.I8 ? LARGEST_INT8 : LARGEST_FP8;
      var scales = rows.abs().largest(1).to(DType.F32).div(largest);
      // the bound is for rows of nothing but zeros: they stay zeros
      var stretched = rows.mul(scales.atLeast(Float.MIN_NORMAL).reciprocal()); // f32
      var numbers = (type == DType.I8 ? stretched.round() : stretched).to(type);
      return new EightBitRows(scope.keep(numbers), scope.keep(scales));
    }
  }
}
