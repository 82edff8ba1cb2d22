package dev.kontext4j.vae;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.nn.GroupNorm;
import dev.kontext4j.engine.nn.Linear;
import dev.kontext4j.engine.nn.SelfAttention;
import dev.kontext4j.engine.weights.Weights;

/// Attention of every pixel to every other, with one head, beside a residual.
record MidAttention(GroupNorm norm, SelfAttention attention) implements Stage {

  static MidAttention load(Weights weights, VaeConfig config) {
    int c = config.lowestWidth();
    return new MidAttention(
        GroupNorm.load(weights.at("group_norm"), config.groups(), c, VaeConfig.EPS),
        new SelfAttention(
            Linear.load(weights.at("to_q"), c, c),
            Linear.load(weights.at("to_k"), c, c),
            Linear.load(weights.at("to_v"), c, c),
            Linear.load(weights.at("to_out").at(0), c, c),
            1,
            1 / Math.sqrt((double) c)));
  }

  @Override
  public Tensor forward(Tensor x) {
    return Scope.tidy(() -> {
      var pixels = norm.forward(x).reshape(x.size(0), x.size(1), -1).transpose(1, 2); // (B, HW, C)
      var mixed = attention.forward(pixels, null).transpose(1, 2);
      return mixed.reshape(x.shape()).add(x);
    });
  }
}
