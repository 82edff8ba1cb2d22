package dev.kontext4j.engine.nn;

import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.weights.Parameter;
import dev.kontext4j.engine.weights.Weights;

/// Layer norm with its own scale and shift, over the last dimension.
public record LayerNorm(Parameter weight, Parameter bias, double eps) {

  public static LayerNorm load(Weights weights, long width, double eps) {
    return new LayerNorm(weights.parameter("weight", width), weights.parameter("bias", width), eps);
  }

  public Tensor forward(Tensor x) {
    return x.layerNorm(weight.value(), bias.value(), eps);
  }
}
