package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;

/// How much numbers have changed: the mean of their differences beside the mean of what they were.
final class RelativeChange {
  private RelativeChange() {}

  static double of(Tensor before, Tensor now) {
    try (var _ = Scope.open()) {
      return mean(now.sub(before)) / mean(before);
    }
  }

  private static double mean(Tensor x) {
    return x.to(DType.F32).abs().reshape(-1).mean(0).toFloats()[0];
  }
}
