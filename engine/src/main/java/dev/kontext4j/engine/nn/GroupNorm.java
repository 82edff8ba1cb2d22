package dev.kontext4j.engine.nn;

import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.weights.Parameter;
import dev.kontext4j.engine.weights.Weights;

/// Group norm over the channels of a picture (B, C, H, W).
public record GroupNorm(Parameter weight, Parameter bias, int groups, double eps) {

  public static GroupNorm load(Weights weights, int groups, long channels, double eps) {
    return new GroupNorm(
        weights.parameter("weight", channels), weights.parameter("bias", channels), groups, eps);
  }

  public Tensor forward(Tensor x) {
    return x.groupNorm(groups, weight.value(), bias.value(), eps);
  }

  /// And SiLU behind it.
  public Tensor forwardSilu(Tensor x) {
    return x.groupNormSilu(groups, weight.value(), bias.value(), eps);
  }
}
