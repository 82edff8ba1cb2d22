package dev.kontext4j.engine.nn;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.weights.Parameter;
import dev.kontext4j.engine.weights.Weights;

/// A square convolution over a picture (B, C, H, W).
public record Conv2d(Parameter weight, Parameter bias, int stride, int padding) {

  /// One that keeps height and width: stride 1, and `kernel / 2` zeros around.
  public static Conv2d load(Weights weights, long in, long out, int kernel) {
    return load(weights, in, out, kernel, 1, kernel / 2);
  }

  public static Conv2d load(
      Weights weights, long in, long out, int kernel, int stride, int padding) {
    return new Conv2d(
        weights.parameter("weight", out, in, kernel, kernel),
        weights.parameter("bias", out),
        stride,
        padding);
  }

  public Tensor forward(Tensor x) {
    return Scope.tidy(() -> x.conv2d(weight.value(), bias.value(), stride, padding));
  }
}
