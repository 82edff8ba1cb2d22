package dev.kontext4j.transformer.clip;

import dev.kontext4j.engine.nn.Activation;
import dev.kontext4j.engine.weights.ModelConfig;
import dev.kontext4j.engine.weights.Weights;

/// The sizes of a CLIP text encoder, from its `config.json`.
///
/// @param mlpWidth width between the two layers of an MLP
/// @param positions the longest prompt, in tokens
/// @param eosToken the token whose state stands for the prompt; see [EndOfText]
record ClipConfig(
    int vocabulary,
    int width,
    int mlpWidth,
    int layers,
    int heads,
    int positions,
    Activation activation,
    double eps,
    int eosToken) {

  /// CLIP ViT-L/14, which FLUX.1 comes with.
  static final ClipConfig PUBLISHED =
      new ClipConfig(49_408, 768, 3072, 12, 12, 77, Activation.QUICK_GELU, 1e-5, 2);

  /// Of every CLIP text encoder that FLUX, Stable Diffusion and their kin use.
  private static final int PUBLISHED_HEAD = 64;

  private static final double PUBLISHED_EPS = 1e-5;

  /// The sizes of an encoder that comes without a config, by its tensors' shapes; the rest as
  /// CLIP-L is published.
  static ClipConfig of(Weights weights) {
    var embeddings = weights.at("embeddings");
    var layers = weights.at("encoder").at("layers");
    int width = embeddings.size("token_embedding.weight", 1);
    return new ClipConfig(
        embeddings.size("token_embedding.weight", 0),
        width,
        layers.at(0).size("mlp.fc1.weight", 0),
        layers.count("mlp.fc1.weight"),
        Math.ceilDiv(width, PUBLISHED_HEAD),
        embeddings.size("position_embedding.weight", 0),
        Activation.QUICK_GELU,
        PUBLISHED_EPS,
        EndOfText.NOT_SET);
  }

  /// Reads the config of a text encoder, or of a whole CLIP whose text part it takes.
  static ClipConfig read(ModelConfig root) {
    var config = root.within("text_config");
    int width = config.size("hidden_size");
    int heads = config.size("num_attention_heads");
    config.require(
        width % heads == 0,
        "hidden_size " + width + " must be a multiple of num_attention_heads " + heads);
    String act = config.text("hidden_act").orElse("quick_gelu");
    var activation = Activation.named(act);
    config.require(activation.isPresent(), "hidden_act \"" + act + "\" is not supported");
    return new ClipConfig(
        config.size("vocab_size", 49_408),
        width,
        config.size("intermediate_size"),
        config.size("num_hidden_layers"),
        heads,
        config.size("max_position_embeddings", 77),
        activation.orElseThrow(),
        config.number("layer_norm_eps", 1e-5),
        config.integer("eos_token_id", 49_407));
  }
}
