package dev.kontext4j.transformer.t5;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.nn.Linear;
import dev.kontext4j.engine.nn.SelfAttention;
import dev.kontext4j.engine.weights.Weights;

/// Attention and feed-forward, each behind a norm and beside a residual.
record T5Block(T5Norm norm1, SelfAttention attention, T5Norm norm2, FeedForward feedForward) {

  static T5Block load(Weights weights, T5Config config) {
    var first = weights.at("layer").at(0);
    var second = weights.at("layer").at(1);
    return new T5Block(
        T5Norm.load(first.at("layer_norm"), config),
        attention(first.at("SelfAttention"), config),
        T5Norm.load(second.at("layer_norm"), config),
        FeedForward.load(second.at("DenseReluDense"), config));
  }

  private static SelfAttention attention(Weights weights, T5Config config) {
    long inner = (long) config.heads() * config.headSize();
    return new SelfAttention(
        Linear.loadWithoutBias(weights.at("q"), config.width(), inner),
        Linear.loadWithoutBias(weights.at("k"), config.width(), inner),
        Linear.loadWithoutBias(weights.at("v"), config.width(), inner),
        Linear.loadWithoutBias(weights.at("o"), inner, config.width()),
        config.heads(),
        1); // T5 does not scale its scores
  }

  /// (B, L, D) to the same.
  Tensor forward(Tensor x, Tensor positionBias) {
    return Scope.tidy(() -> {
      var y = Scope.tidy(() -> x.add(attention.forward(norm1.forward(x), positionBias)));
      return y.add(feedForward.forward(norm2.forward(y)));
    });
  }
}
