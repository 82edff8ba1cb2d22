package dev.kontext4j.transformer.t5;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.nn.Activation;
import dev.kontext4j.engine.nn.Linear;
import dev.kontext4j.engine.weights.Weights;

/// The part of a block that looks at each token for itself: (B, L, D) to the same.
sealed interface FeedForward {

  Tensor forward(Tensor x);

  static FeedForward load(Weights weights, T5Config config) {
    return config.gated() ? Gated.load(weights, config) : Plain.load(weights, config);
  }

  /// As in T5 1.1: `wo(act(wi_0(x)) * wi_1(x))`.
  record Gated(Linear wi0, Linear wi1, Linear wo, Activation activation) implements FeedForward {
    static Gated load(Weights weights, T5Config config) {
      return new Gated(
          Linear.loadWithoutBias(weights.at("wi_0"), config.width(), config.mlpWidth()),
          Linear.loadWithoutBias(weights.at("wi_1"), config.width(), config.mlpWidth()),
          Linear.loadWithoutBias(weights.at("wo"), config.mlpWidth(), config.width()),
          config.activation());
    }

    @Override
    public Tensor forward(Tensor x) {
      return Scope.tidy(() -> {
        var gate = Scope.tidy(() -> activation.forward(wi0.forward(x)));
        return wo.forward(gate.mul(wi1.forward(x)));
      });
    }
  }

  /// As in the first T5: `wo(act(wi(x)))`.
  record Plain(Linear wi, Linear wo, Activation activation) implements FeedForward {
    static Plain load(Weights weights, T5Config config) {
      return new Plain(
          Linear.loadWithoutBias(weights.at("wi"), config.width(), config.mlpWidth()),
          Linear.loadWithoutBias(weights.at("wo"), config.mlpWidth(), config.width()),
          config.activation());
    }

    @Override
    public Tensor forward(Tensor x) {
      return Scope.tidy(() -> wo.forward(activation.forward(wi.forward(x))));
    }
  }
}
