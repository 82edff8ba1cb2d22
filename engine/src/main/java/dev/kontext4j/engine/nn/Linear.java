package dev.kontext4j.engine.nn;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.quant.EightBitProduct;
import dev.kontext4j.engine.quant.EightBitRows;
import dev.kontext4j.engine.weights.Parameter;
import dev.kontext4j.engine.weights.Weights;
import org.jspecify.annotations.Nullable;

/// `x @ weight.T + bias`: (..., in) to (..., out). Weights that are expanded for the product are
/// gone with it.
///
/// @param scales of the weight's rows, if its numbers are of 8 bits: then every row of `x` is
///   turned into such numbers, too
public record Linear(Parameter weight, @Nullable Parameter scales, @Nullable Parameter bias) {
  public static Linear load(Weights weights, long in, long out) {
    return new Linear(weights.parameter("weight", out, in), null, weights.parameter("bias", out));
  }

  public static Linear loadWithoutBias(Weights weights, long in, long out) {
    return new Linear(weights.parameter("weight", out, in), null, null);
  }

  /// As [#load], for a layer that bears 8 bits, if the weights are opened for that.
  public static Linear loadBearing8Bits(Weights weights, long in, long out) {
    return weights
        .eightBits("weight", out, in)
        .map(
            matrix -> new Linear(matrix.numbers(), matrix.scales(), weights.parameter("bias", out)))
        .orElseGet(() -> load(weights, in, out));
  }

  /// Its parameters will not be needed for a while.
  public void release() {
    weight.release();
    if (bias != null) {
      bias.release();
    }
  }

  public Tensor forward(Tensor x) {
    return Scope.tidy(() -> {
      var offset = bias == null ? null : bias.value();
      return scales == null
          ? product(x, weight.value(), offset)
          : product(x, new EightBitRows(weight.value(), scales.value()), offset);
    });
  }

  /// As [#forward], but only for `count` outputs from `start` on.
  public Tensor forward(Tensor x, long start, long count) {
    return Scope.tidy(() -> {
      var rows = weight.rows(start, count);
      var offset = bias == null ? null : bias.rows(start, count);
      return scales == null
          ? product(x, rows, offset)
          : product(x, new EightBitRows(rows, scales.rows(start, count)), offset);
    });
  }

  private static Tensor product(Tensor x, EightBitRows weight, @Nullable Tensor bias) {
    long[] shape = x.shape();
    shape[shape.length - 1] = weight.numbers().size(0);
    return EightBitProduct.of(x.reshape(-1, x.size(-1)), weight, bias).reshape(shape);
  }

  private static Tensor product(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return x.device().multipliesInF32(x.dtype())
        ? Scope.tidy(() ->
            x.to(DType.F32)
                .linear(weight.to(DType.F32), bias == null ? null : bias.to(DType.F32))
                .to(x.dtype()))
        : x.linear(weight, bias);
  }
}
