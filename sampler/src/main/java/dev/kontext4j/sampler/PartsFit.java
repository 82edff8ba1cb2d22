package dev.kontext4j.sampler;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.weights.ModelConfig;
import dev.kontext4j.transformer.flux.FluxConfig;
import dev.kontext4j.vae.VaeConfig;

/// Whether the parts of a folder belong to one model: what one gives must be as wide as what the
/// transformer takes. The configs know; nothing has to be computed to find out.
record PartsFit(ModelFolder model, FluxConfig transformer) {

  void require(VaeConfig vae) {
    int channels = vae.latentChannels() * LatentTokens.PATCH * LatentTokens.PATCH;
    requireEqual("vae", "latent_channels x 4", channels, "in_channels", transformer.inChannels());
    int pooled = config("text_encoder").within("text_config").size("hidden_size");
    requireEqual(
        "text_encoder", "hidden_size", pooled, "pooled_projection_dim", transformer.pooledWidth());
    int states = config("text_encoder_2").size("d_model");
    requireEqual(
        "text_encoder_2", "d_model", states, "joint_attention_dim", transformer.textWidth());
  }

  private ModelConfig config(String part) {
    return ModelConfig.read(model.part(part).resolve("config.json"));
  }

  private void requireEqual(String part, String gives, int given, String takes, int wanted) {
    if (given != wanted) {
      throw new CheckpointException(
          "%s does not fit the transformer: its %s is %d, the transformer's %s is %d; take both from one model"
              .formatted(model.part(part), gives, given, takes, wanted));
    }
  }
}
