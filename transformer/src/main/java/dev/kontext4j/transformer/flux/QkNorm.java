package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.weights.Parameter;
import dev.kontext4j.engine.weights.Weights;

/// RMS norms of queries and keys, over the channels of each head.
record QkNorm(Parameter query, Parameter key) {
  private static final double EPS = 1e-6;

  static QkNorm load(Weights weights, FluxConfig config) {
    return new QkNorm(
        weights.parameter("query_norm.scale", config.headSize()),
        weights.parameter("key_norm.scale", config.headSize()));
  }

  Tensor query(Tensor q) {
    return q.rmsNorm(query.value(), EPS);
  }

  Tensor key(Tensor k) {
    return k.rmsNorm(key.value(), EPS);
  }
}
