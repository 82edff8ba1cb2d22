package dev.kontext4j.sampler;

import dev.kontext4j.engine.weights.Overlay;
import dev.kontext4j.transformer.clip.ClipTextEncoder;
import dev.kontext4j.transformer.flux.FluxTransformer;
import dev.kontext4j.transformer.t5.T5Encoder;
import java.util.Map;

/// One of something for each of the networks whose weights may be changed from outside.
public record PerNetwork<T>(T transformer, T clip, T t5) {

  /// Weights as the model has them.
  public static final PerNetwork<Overlay> UNCHANGED =
      new PerNetwork<>(Overlay.NONE, Overlay.NONE, Overlay.NONE);

  /// The shapes of the parameters of FLUX.1 Kontext [dev] as it is published.
  public static PerNetwork<Map<String, long[]>> publishedParameters() {
    return new PerNetwork<>(
        FluxTransformer.publishedParameters(),
        ClipTextEncoder.publishedParameters(),
        T5Encoder.publishedParameters());
  }
}
