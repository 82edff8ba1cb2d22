package dev.kontext4j.transformer.t5;

import dev.kontext4j.engine.nn.Activation;
import dev.kontext4j.engine.weights.ModelConfig;
import dev.kontext4j.engine.weights.Weights;

/// The sizes of a T5 encoder, from its `config.json`.
///
/// @param headSize width of one head; heads times this need not be the width of the states
/// @param mlpWidth width between the layers of a feed-forward part
/// @param buckets kinds of distance between two tokens
/// @param maxDistance from here on all distances are of one kind
/// @param gated whether a second layer gates the feed-forward part
record T5Config(
    int vocabulary,
    int width,
    int headSize,
    int mlpWidth,
    int layers,
    int heads,
    int buckets,
    int maxDistance,
    double eps,
    Activation activation,
    boolean gated) {
  /// T5 v1.1 XXL, which FLUX.1 comes with.
  static final T5Config PUBLISHED =
      new T5Config(32_128, 4096, 64, 10_240, 24, 64, 32, 128, 1e-6, Activation.GELU_NEW, true);

  private static final String GATED = "gated-";
  private static final int PUBLISHED_MAX_DISTANCE = 128;
  private static final double PUBLISHED_EPS = 1e-6;

  static T5Config read(ModelConfig config) {
    int buckets = config.size("relative_attention_num_buckets", 32);
    int maxDistance = config.size("relative_attention_max_distance", 128);
    config.require(
        buckets >= 4 && buckets % 2 == 0 && maxDistance > buckets / 4,
        "relative_attention_num_buckets "
            + buckets
            + " with relative_attention_max_distance "
            + maxDistance
            + " is not supported");
    String feedForward = config.text("feed_forward_proj").orElse("relu");
    var activation = Activation.named(activationOf(feedForward));
    config.require(
        activation.isPresent(), "feed_forward_proj \"" + feedForward + "\" is not supported");
    return new T5Config(
        config.size("vocab_size", 32_128),
        config.size("d_model"),
        config.size("d_kv"),
        config.size("d_ff"),
        config.size("num_layers"),
        config.size("num_heads"),
        buckets,
        maxDistance,
        config.number("layer_norm_epsilon", 1e-6),
        activation.orElseThrow(),
        feedForward.startsWith(GATED));
  }

  /// The sizes of an encoder that comes without a config, by its tensors' shapes; the rest as in T5
  /// 1.1, whose feed-forward part is gated by the tanh approximation of GELU.
  static T5Config of(Weights weights) {
    var blocks = weights.at("encoder").at("block");
    var attention = blocks.at(0).at("layer").at(0).at("SelfAttention");
    var feedForward = blocks.at(0).at("layer").at(1).at("DenseReluDense");
    boolean gated = feedForward.has("wi_0.weight");
    int heads = attention.size("relative_attention_bias.weight", 1);
    return new T5Config(
        weights.size("shared.weight", 0),
        weights.size("shared.weight", 1),
        attention.size("q.weight", 0) / heads,
        feedForward.size(gated ? "wi_0.weight" : "wi.weight", 0),
        blocks.count("layer.0.SelfAttention.q.weight"),
        heads,
        attention.size("relative_attention_bias.weight", 0),
        PUBLISHED_MAX_DISTANCE,
        PUBLISHED_EPS,
        gated ? Activation.GELU_NEW : Activation.RELU,
        gated);
  }

  /// `gated-gelu` alone has always meant the tanh approximation.
  private static String activationOf(String feedForward) {
    if (feedForward.equals("gated-gelu")) {
      return "gelu_new";
    }
    return feedForward.startsWith(GATED) ? feedForward.substring(GATED.length()) : feedForward;
  }
}
