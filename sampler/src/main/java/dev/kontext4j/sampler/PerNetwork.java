package dev.kontext4j.sampler;

import dev.kontext4j.engine.weights.Overlay;

/// One of something for each of the networks whose weights may be changed from outside.
public record PerNetwork<T>(T transformer, T clip, T t5) {

  /// Weights as the model has them.
  public static final PerNetwork<Overlay> UNCHANGED =
      new PerNetwork<>(Overlay.NONE, Overlay.NONE, Overlay.NONE);
}
