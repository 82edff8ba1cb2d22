package dev.kontext4j.engine.nn;

import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.weights.Parameter;
import dev.kontext4j.engine.weights.Weights;

/// A table (entries, width) from which indices take rows.
public record Embedding(Parameter weight) {

  public static Embedding load(Weights weights, long entries, long width) {
    return new Embedding(weights.parameter("weight", entries, width));
  }

  /// Indices (...) to rows (..., width).
  public Tensor forward(Tensor indices) {
    return weight.value().rows(indices);
  }
}
