package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.nn.Linear;
import dev.kontext4j.engine.weights.Weights;

/// Two linear layers with a SiLU between, from some features to the conditioning vector's width.
record MlpEmbedder(Linear inLayer, Linear outLayer) {

  static MlpEmbedder load(Weights weights, int in, FluxConfig config) {
    long d = config.width();
    return new MlpEmbedder(
        Linear.load(weights.at("in_layer"), in, d), Linear.load(weights.at("out_layer"), d, d));
  }

  Tensor forward(Tensor x) {
    return Scope.tidy(() -> outLayer.forward(inLayer.forward(x).silu()));
  }
}
