package dev.kontext4j.engine.nn;

import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.weights.Parameter;
import dev.kontext4j.engine.weights.Weights;
import org.jspecify.annotations.Nullable;

/// `x @ weight.T + bias`: (..., in) to (..., out).
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
    return x.linear(weight.value(), bias == null ? null : bias.value());
  }

  /// As [#forward], but only for `count` outputs from `start` on.
  public Tensor forward(Tensor x, long start, long count) {
    return x.linear(
        weight.value().narrow(0, start, count),
        bias == null ? null : bias.value().narrow(0, start, count));
  }
}
