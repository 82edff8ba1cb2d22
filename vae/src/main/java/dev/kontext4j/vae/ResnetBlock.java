package dev.kontext4j.vae;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.nn.Conv2d;
import dev.kontext4j.engine.weights.Weights;
import java.util.ArrayList;

/// Two convolutions beside a residual.
///
/// @param shortcut what the residual passes: itself, or a 1x1 convolution where the number of
///   channels changes
record ResnetBlock(Stages branch, Stage shortcut) implements Stage {

  static ResnetBlock load(Weights weights, int in, int out, VaeConfig config) {
    var stages = new ArrayList<Stage>();
    stages.addAll(NormalisedConv.load(weights.at("norm1"), weights.at("conv1"), in, out, config));
    stages.addAll(NormalisedConv.load(weights.at("norm2"), weights.at("conv2"), out, out, config));
    var branch = new Stages(stages);
    if (in == out) {
      return new ResnetBlock(branch, x -> x);
    }
    return new ResnetBlock(branch, Conv2d.load(weights.at("conv_shortcut"), in, out, 1)::forward);
  }

  @Override
  public Tensor forward(Tensor x) {
    return Scope.tidy(() -> {
      var y = branch.forward(x);
      return shortcut.forward(x).add(y);
    });
  }
}
