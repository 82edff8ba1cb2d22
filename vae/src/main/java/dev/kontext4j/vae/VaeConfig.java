package dev.kontext4j.vae;

import dev.kontext4j.engine.weights.ModelConfig;
import dev.kontext4j.engine.weights.Weights;
import java.util.List;
import java.util.stream.IntStream;

/// The sizes of an autoencoder, from its `config.json`; what is left out there has diffusers'
/// defaults.
///
/// @param widths channels at each resolution, from the picture's down to the latent's
/// @param resnets per resolution on the way down; one more on the way up
/// @param groups of channels that are normalised together
/// @param scale by which latents are multiplied, after the shift, on their way out
/// @param quantConv whether a 1x1 convolution follows the encoder
/// @param postQuantConv whether a 1x1 convolution precedes the decoder
/// @param midAttention whether there is attention at the lowest resolution
public record VaeConfig(
    int inChannels,
    int outChannels,
    int latentChannels,
    List<Integer> widths,
    int resnets,
    int groups,
    double scale,
    double shift,
    boolean quantConv,
    boolean postQuantConv,
    boolean midAttention) {

  /// A constant of the architecture.
  static final double EPS = 1e-6;

  /// The sizes of FLUX.1's autoencoder as it is published.
  public static final VaeConfig PUBLISHED =
      new VaeConfig(
          3, 3, 16, List.of(128, 256, 512, 512), 2, 32, 0.3611, 0.1159, false, false, true);

  private static final String FIRST_CONV = "resnets.0.conv1.weight";

  public static VaeConfig read(ModelConfig config) {
    requireBlocks(config, "down_block_types", "DownEncoderBlock2D");
    requireBlocks(config, "up_block_types", "UpDecoderBlock2D");
    String act = config.text("act_fn").orElse("silu");
    config.require(
        act.equals("silu") || act.equals("swish"), "act_fn \"" + act + "\" is not supported");
    var widths = config.sizes("block_out_channels");
    int groups = config.size("norm_num_groups", 32);
    config.require(
        widths.stream().allMatch(width -> width % groups == 0),
        "block_out_channels " + widths + " must be multiples of norm_num_groups " + groups);
    return new VaeConfig(
        config.size("in_channels", 3),
        config.size("out_channels", 3),
        config.size("latent_channels", 4),
        widths,
        config.size("layers_per_block", 1),
        groups,
        config.number("scaling_factor", 0.18215),
        config.number("shift_factor", 0),
        config.flag("use_quant_conv", true),
        config.flag("use_post_quant_conv", true),
        config.flag("mid_block_add_attention", true));
  }

  /// The sizes of an autoencoder that comes without a config, by its tensors' shapes; the rest as
  /// FLUX.1's is published.
  static VaeConfig of(Weights weights) {
    var encoder = weights.at("encoder");
    var down = encoder.at("down_blocks");
    var widths =
        IntStream.range(0, down.count(FIRST_CONV))
            .mapToObj(i -> down.at(i).size(FIRST_CONV, 0))
            .toList();
    return new VaeConfig(
        encoder.size("conv_in.weight", 1),
        weights.at("decoder").size("conv_out.weight", 0),
        encoder.size("conv_out.weight", 0) / 2,
        widths,
        down.at(0).at("resnets").count("conv1.weight"),
        PUBLISHED.groups,
        PUBLISHED.scale,
        PUBLISHED.shift,
        weights.has("quant_conv.weight"),
        weights.has("post_quant_conv.weight"),
        encoder.has("mid_block.attentions.0.to_q.weight"));
  }

  private static void requireBlocks(ModelConfig config, String field, String supported) {
    var types = config.texts(field);
    config.require(
        types.stream().allMatch(supported::equals), field + " " + types + " is not supported");
  }

  /// How many pixels, each way, one pixel of a latent stands for.
  public int downsampling() {
    return 1 << (widths.size() - 1);
  }

  int lowestWidth() {
    return widths.getLast();
  }
}
