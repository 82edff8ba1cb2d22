package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.weights.ModelConfig;
import dev.kontext4j.engine.weights.Weights;
import java.util.List;

/// The sizes of a FLUX transformer, from its `config.json`.
///
/// @param inChannels channels of an image token: latent channels x 2 x 2
/// @param textWidth width of the T5 states
/// @param pooledWidth width of CLIP's pooled output
/// @param ropeAxes how the head size is shared among the three position axes
/// @param guidance whether the model was distilled with a guidance embedding
public record FluxConfig(
    int inChannels,
    int outChannels,
    int doubleBlocks,
    int singleBlocks,
    int heads,
    int headSize,
    int textWidth,
    int pooledWidth,
    List<Integer> ropeAxes,
    boolean guidance) {

  /// The sizes of FLUX.1 Kontext [dev] as it is published.
  public static final FluxConfig PUBLISHED =
      new FluxConfig(64, 64, 19, 38, 24, 128, 4096, 768, List.of(16, 56, 56), true);

  /// The MLPs' hidden layers are this many times as wide as the stream.
  private static final int MLP_RATIO = 4;

  /// That can be shared out as in the published model.
  private static final int SMALLEST_HEAD = 32;

  public static FluxConfig read(ModelConfig config) {
    int inChannels = config.size("in_channels");
    int headSize = config.size("attention_head_dim");
    var axes = config.sizes("axes_dims_rope");
    config.require(
        axes.size() == 3 && axes.stream().allMatch(axis -> axis % 2 == 0),
        "axes_dims_rope must be three even numbers, but is " + axes);
    config.require(
        axes.stream().mapToInt(Integer::intValue).sum() == headSize,
        "axes_dims_rope " + axes + " must add up to attention_head_dim " + headSize);
    config.require(config.size("patch_size", 1) == 1, "a patch_size other than 1 is not supported");
    return new FluxConfig(
        inChannels,
        config.size("out_channels", inChannels),
        config.count("num_layers"),
        config.count("num_single_layers"),
        config.size("num_attention_heads"),
        headSize,
        config.size("joint_attention_dim"),
        config.size("pooled_projection_dim"),
        axes,
        config.flag("guidance_embeds", false));
  }

  /// The sizes of a transformer that comes without a config, by its tensors' shapes.
  static FluxConfig of(Weights weights) {
    int headSize = weights.at("double_blocks").at(0).size("img_attn.norm.query_norm.scale", 0);
    return new FluxConfig(
        weights.size("img_in.weight", 1),
        weights.size("final_layer.linear.weight", 0),
        weights.at("double_blocks").count("img_attn.qkv.weight"),
        weights.at("single_blocks").count("linear1.weight"),
        weights.size("img_in.weight", 0) / headSize,
        headSize,
        weights.size("txt_in.weight", 1),
        weights.size("vector_in.in_layer.weight", 1),
        publishedAxes(weights, headSize),
        weights.has("guidance_in.in_layer.weight"));
  }

  /// No shape tells them. Every FLUX.1 has heads of 128, which it shares out as 16, 56 and 56.
  private static List<Integer> publishedAxes(Weights weights, int headSize) {
    if (headSize % SMALLEST_HEAD != 0) {
      throw new CheckpointException(
          "%s has heads of %d, so how positions turn them must be told: put its config.json beside it"
              .formatted(weights, headSize));
    }
    int image = headSize / 8;
    int side = (headSize - image) / 2;
    return List.of(image, side, side);
  }

  public int width() {
    return heads * headSize;
  }

  public int mlpWidth() {
    return MLP_RATIO * width();
  }

  /// How many numbers the large weights of all blocks are, without modulations.
  public long blockParameters() {
    long square = (long) width() * width();
    return (2L * doubleBlocks + singleBlocks) * (4 + 2 * MLP_RATIO) * square;
  }
}
