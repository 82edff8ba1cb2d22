package dev.kontext4j.transformer.clip;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.nn.Activation;
import dev.kontext4j.engine.nn.LayerNorm;
import dev.kontext4j.engine.nn.Linear;
import dev.kontext4j.engine.nn.SelfAttention;
import dev.kontext4j.engine.weights.Weights;

/// Attention and MLP, each behind a layer norm and beside a residual.
record ClipLayer(
    LayerNorm norm1,
    SelfAttention attention,
    LayerNorm norm2,
    Linear fc1,
    Activation activation,
    Linear fc2) {

  static ClipLayer load(Weights weights, ClipConfig config) {
    long d = config.width();
    var mlp = weights.at("mlp");
    return new ClipLayer(
        LayerNorm.load(weights.at("layer_norm1"), d, config.eps()),
        attention(weights.at("self_attn"), config),
        LayerNorm.load(weights.at("layer_norm2"), d, config.eps()),
        Linear.load(mlp.at("fc1"), d, config.mlpWidth()),
        config.activation(),
        Linear.load(mlp.at("fc2"), config.mlpWidth(), d));
  }

  private static SelfAttention attention(Weights weights, ClipConfig config) {
    long d = config.width();
    return new SelfAttention(
        Linear.load(weights.at("q_proj"), d, d),
        Linear.load(weights.at("k_proj"), d, d),
        Linear.load(weights.at("v_proj"), d, d),
        Linear.load(weights.at("out_proj"), d, d),
        config.heads(),
        1 / Math.sqrt((double) d / config.heads()));
  }

  /// (B, L, D) to the same.
  Tensor forward(Tensor x, Tensor causalMask) {
    return Scope.tidy(() -> {
      var y = x.add(attention.forward(norm1.forward(x), causalMask));
      return y.add(mlp(norm2.forward(y)));
    });
  }

  private Tensor mlp(Tensor x) {
    return Scope.tidy(() -> fc2.forward(activation.forward(fc1.forward(x))));
  }
}
