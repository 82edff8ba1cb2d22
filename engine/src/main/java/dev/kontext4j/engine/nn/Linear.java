package dev.kontext4j.engine.nn;

import dev.kontext4j.engine.CpuFeatures;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.weights.Parameter;
import dev.kontext4j.engine.weights.Weights;
import org.jspecify.annotations.Nullable;

/// `x @ weight.T + bias`: (..., in) to (..., out). Weights that are expanded for the product are
/// gone with it.
public record Linear(Parameter weight, @Nullable Parameter bias) {

  public static Linear load(Weights weights, long in, long out) {
    return new Linear(weights.parameter("weight", out, in), weights.parameter("bias", out));
  }

  public static Linear loadWithoutBias(Weights weights, long in, long out) {
    return new Linear(weights.parameter("weight", out, in), null);
  }

  /// Its parameters will not be needed for a while.
  public void release() {
    weight.release();
    if (bias != null) {
      bias.release();
    }
  }

  public Tensor forward(Tensor x) {
    return Scope.tidy(() -> product(x, weight.value(), bias == null ? null : bias.value()));
  }

  /// As [#forward], but only for `count` outputs from `start` on.
  public Tensor forward(Tensor x, long start, long count) {
    return Scope.tidy(
        () -> product(x, weight.rows(start, count), bias == null ? null : bias.rows(start, count)));
  }

  /// In bf16 on a CPU without units for it, the way through f32 is the faster one.
  private static Tensor product(Tensor x, Tensor weight, @Nullable Tensor bias) {
    boolean throughF32 =
        x.dtype() == DType.BF16 && x.device().isCpu() && !CpuFeatures.bf16Matrices();
    return throughF32
        ? Scope.tidy(() ->
            x.to(DType.F32)
                .linear(weight.to(DType.F32), bias == null ? null : bias.to(DType.F32))
                .to(DType.BF16))
        : x.linear(weight, bias);
  }
}
