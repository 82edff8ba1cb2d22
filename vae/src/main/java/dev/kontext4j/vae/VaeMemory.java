package dev.kontext4j.vae;

import dev.kontext4j.engine.DType;

/// How much memory the autoencoder's work takes at its peak, beside its weights and what goes in:
/// the most that is alive at once, stage by stage, counted from the network's sizes. Measured on
/// the CPU (docs/measurements.md); what cuDNN takes besides for its convolutions is not in it.
public final class VaeMemory {
  private static final long KERNEL = 3 * 3;
  private static final int REORDERED = 2; // copies of its weights that a convolution makes

  private final VaeConfig config;
  private final int f32s; // how many elements one in f32 is
  private long area; // pixels of a tile at the level that is looked at
  private long peak; // elements

  private VaeMemory(VaeConfig config, DType dtype, long area) {
    this.config = config;
    this.f32s = DType.F32.bytes() / dtype.bytes();
    this.area = area;
  }

  /// What decoding takes, in bytes.
  ///
  /// @param height of the latent
  /// @param width of the latent
  public static long decode(VaeConfig config, int height, int width, Tiling tiling, DType dtype) {
    var tile = new VaeMemory(config, dtype, tileArea(height, width, tiling));
    tile.decode();
    long done = pixelsDone(height, width, tiling) * config.downsampling() * config.downsampling();
    return dtype.bytes() * (tile.peak + done * config.outChannels());
  }

  /// What encoding takes, in bytes.
  ///
  /// @param height of the latent
  /// @param width of the latent
  public static long encode(VaeConfig config, int height, int width, Tiling tiling, DType dtype) {
    var tile = new VaeMemory(config, dtype, tileArea(height, width, tiling));
    tile.encode();
    long done = pixelsDone(height, width, tiling);
    return dtype.bytes() * (tile.peak + done * 2 * config.latentChannels());
  }

  private static long tileArea(int height, int width, Tiling tiling) {
    return (long) tiling.longest(height) * tiling.longest(width);
  }

  /// How many of the latent's pixels are done when the last tile is begun: the strips above it, and
  /// two rows of tiles.
  private static long pixelsDone(int height, int width, Tiling tiling) {
    long rows = tiling.starts(height).size();
    long columns = tiling.starts(width).size();
    long strips = (rows - 1) * tiling.longest(height) * width;
    long tiles = Math.min(rows, 2) * columns - 1;
    return strips + tiles * tileArea(height, width, tiling);
  }

  private void decode() {
    var widths = config.widths().reversed();
    int in = widths.getFirst();
    middle(in);
    for (int level = 0; level < widths.size(); level++) {
      int out = widths.get(level);
      for (int i = 0; i <= config.resnets(); i++) {
        resnet(i == 0 ? in : out, out);
      }
      if (level < widths.size() - 1) {
        holds(5L * out); // a pixel, and the four that it becomes
        area *= 4;
        conv(2L * out, out, out);
      }
      in = out;
    }
    holds(2L * in);
    holds(in + config.outChannels());
  }

  private void encode() {
    var widths = config.widths();
    area *= (long) config.downsampling() * config.downsampling();
    int in = widths.getFirst();
    holds(config.inChannels() + in);
    for (int level = 0; level < widths.size(); level++) {
      int out = widths.get(level);
      for (int i = 0; i < config.resnets(); i++) {
        resnet(i == 0 ? in : out, out);
      }
      if (level < widths.size() - 1) {
        holds(2L * out); // padded
        area /= 4;
        conv(5L * out, out, out);
      }
      in = out;
    }
    middle(in);
    holds(2L * in);
    holds(in + 2L * config.latentChannels());
  }

  /// What comes in, normalised; then that and the first convolution's, and so on. The residual may
  /// need a convolution of its own, and then all is added.
  private void resnet(long in, long out) {
    conv(2 * in + out, in, out);
    conv(in + 2 * out, out, out);
    holds(in + (in == out ? 2 : 3) * out);
  }

  /// Attention works in blocks and never has the scores of all pixels. What it is given is in f32
  /// on most CPUs, beside what came in, its norm, and queries, keys and values.
  private void middle(int width) {
    resnet(width, width);
    if (config.midAttention()) {
      int inF32 = f32s == 1 ? 1 : 4 * f32s + 1;
      holds((5L + inF32) * width);
    }
  }

  /// @param channels all that are alive, with the convolution's result
  private void conv(long channels, long in, long out) {
    peak = Math.max(peak, channels * area + REORDERED * KERNEL * in * out);
  }

  private void holds(long channels) {
    peak = Math.max(peak, channels * area);
  }
}
