package dev.kontext4j.transformer.t5;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.weights.Parameter;
import dev.kontext4j.engine.weights.Weights;

/// Root-mean-square norm: no mean, no shift. Computed in f32, but scaled in the model's type.
record T5Norm(Parameter weight, double eps) {

  static T5Norm load(Weights weights, T5Config config) {
    return new T5Norm(weights.parameter("weight", config.width()), config.eps());
  }

  Tensor forward(Tensor x) {
    return Scope.tidy(() -> x.to(DType.F32).rmsNorm(null, eps).to(x.dtype()).mul(weight.value()));
  }
}
