package dev.kontext4j.vae;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.nn.Conv2d;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.engine.weights.Outline;
import dev.kontext4j.engine.weights.PartFiles;
import dev.kontext4j.engine.weights.Weights;
import java.nio.file.Path;
import java.util.Map;

/// Turns pictures into latents, in which the transformer works, and back.
///
/// Channels lie innermost all the way: convolutions are faster so and need no copies in an order of
/// their own (docs/measurements.md).
public final class AutoEncoder {
  private final VaeConfig config;
  private final Stage encoder;
  private final Stage decoder;

  public AutoEncoder(Weights weights, VaeConfig config) {
    this.config = config;
    encoder = encoder(weights, config);
    decoder = decoder(weights, config);
  }

  private static Stage encoder(Weights weights, VaeConfig config) {
    var encoder = Encoder.load(weights.at("encoder"), config);
    int moments = 2 * config.latentChannels();
    return config.quantConv()
        ? Stages.of(encoder, Conv2d.load(weights.at("quant_conv"), moments, moments, 1)::forward)
        : encoder;
  }

  private static Stage decoder(Weights weights, VaeConfig config) {
    var decoder = Decoder.load(weights.at("decoder"), config);
    int c = config.latentChannels();
    return config.postQuantConv()
        ? Stages.of(Conv2d.load(weights.at("post_quant_conv"), c, c, 1)::forward, decoder)
        : decoder;
  }

  /// Opens the files of an autoencoder.
  public static ModelPart<AutoEncoder> open(PartFiles files, Computing computing) {
    return ModelPart.open(
        files,
        VaeLayouts.ALL,
        computing,
        (weights, config) ->
            new AutoEncoder(
                weights, config.map(VaeConfig::read).orElseGet(() -> VaeConfig.of(weights))));
  }

  /// Opens a folder with weights and a `config.json`.
  public static ModelPart<AutoEncoder> open(Path folder, DType dtype, Device device) {
    return open(PartFiles.folder(folder), Computing.exactly(dtype, device));
  }

  /// The shapes of the published autoencoder's parameters, by the network's names.
  public static Map<String, long[]> publishedParameters() {
    return Outline.of(weights -> new AutoEncoder(weights, VaeConfig.PUBLISHED));
  }

  public VaeConfig config() {
    return config;
  }

  /// The latent of pictures, shifted and scaled as the transformer wants it: (B, C, H / f, W / f).
  ///
  /// @param pixels from -1 to 1: (B, 3, H, W), in the element type of the weights
  public Tensor encode(Tensor pixels, Tiling tiling) {
    var means =
        Stages.of(
            Tensor::channelsInnermost,
            encoder,
            moments -> moments.narrow(1, 0, config.latentChannels())); // then log variances
    return Stages.of(
            new Tiles(means, tiling, config.downsampling(), 1),
            mean -> mean.add(-config.shift()),
            mean -> mean.mul(config.scale()))
        .forward(pixels);
  }

  /// The pictures of latents; mostly, but not always, within -1 to 1: (B, 3, H, W).
  ///
  /// @param latent as [#encode] gives them: (B, C, H / f, W / f)
  public Tensor decode(Tensor latent, Tiling tiling) {
    return Stages.of(
            z -> z.div(config.scale()),
            z -> z.add(config.shift()),
            new Tiles(
                Stages.of(Tensor::channelsInnermost, decoder), tiling, 1, config.downsampling()))
        .forward(latent);
  }

  /// As above, the whole picture at once.
  public Tensor encode(Tensor pixels) {
    return encode(pixels, Tiling.NONE);
  }

  /// As above, the whole picture at once.
  public Tensor decode(Tensor latent) {
    return decode(latent, Tiling.NONE);
  }
}
