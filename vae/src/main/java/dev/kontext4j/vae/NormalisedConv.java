package dev.kontext4j.vae;

import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.nn.Conv2d;
import dev.kontext4j.engine.nn.GroupNorm;
import dev.kontext4j.engine.weights.Weights;

/// A 3x3 convolution behind a group norm and SiLU.
record NormalisedConv(Stages stages) implements Stage {

  static NormalisedConv load(Weights norm, Weights conv, int in, int out, VaeConfig config) {
    var groupNorm = GroupNorm.load(norm, config.groups(), in, VaeConfig.EPS);
    var convolution = Conv2d.load(conv, in, out, 3);
    return new NormalisedConv(Stages.of(groupNorm::forward, Tensor::silu, convolution::forward));
  }

  @Override
  public Tensor forward(Tensor x) {
    return stages.forward(x);
  }
}
