package dev.kontext4j.sampler;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.transformer.flux.FluxConfig;
import dev.kontext4j.vae.VaeConfig;
import java.util.Map;
import java.util.Objects;

/// Whether the parts belong to one model: what one gives must be as wide as what the transformer
/// takes. Their shapes tell; nothing has to be computed to find out.
record PartsFit(ModelFiles model, FluxConfig transformer) {
  /// What FLUX.1 Fill takes: noise, the picture to be filled, and its mask.
  private static final int CHANNELS_OF_FILL = 384;

  void require(VaeConfig vae) {
    if (transformer.inChannels() == CHANNELS_OF_FILL) {
      throw new CheckpointException(
          "%s is FLUX.1 Fill (it takes %d channels), not Kontext; name a Kontext transformer"
              .formatted(model.part(PartKind.TRANSFORMER).path(), CHANNELS_OF_FILL));
    }
    int channels = vae.latentChannels() * LatentTokens.PATCH * LatentTokens.PATCH;
    requireEqual(
        PartKind.VAE, "latent_channels x 4", channels, "in_channels", transformer.inChannels());
  }

  /// @param clip the encoder's parameters, and T5's
  void require(Map<String, long[]> clip, Map<String, long[]> t5) {
    requireEqual(
        PartKind.CLIP,
        "hidden_size",
        width(clip, "embeddings.token_embedding.weight"),
        "pooled_projection_dim",
        transformer.pooledWidth());
    requireEqual(
        PartKind.T5,
        "d_model",
        width(t5, "shared.weight"),
        "joint_attention_dim",
        transformer.textWidth());
  }

  private static int width(Map<String, long[]> parameters, String table) {
    return Math.toIntExact(Objects.requireNonNull(parameters.get(table))[1]);
  }

  private void requireEqual(PartKind part, String gives, int given, String takes, int wanted) {
    if (given != wanted) {
      throw new CheckpointException(
          "%s does not fit the transformer %s: its %s is %d, the transformer's %s is %d; take both from one model"
              .formatted(
                  model.part(part).path(),
                  model.part(PartKind.TRANSFORMER).path(),
                  gives,
                  given,
                  takes,
                  wanted));
    }
  }
}
