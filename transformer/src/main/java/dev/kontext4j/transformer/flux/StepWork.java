package dev.kontext4j.transformer.flux;

/// How many multiplications one call of [FluxTransformer#velocity] takes. Each is an addition, too.
///
/// @param linear in layers that do the same to every token
/// @param attention in attention, which grows with the square of the tokens
public record StepWork(long linear, long attention) {
  /// Of q, k, v, the projection behind the attention, and the MLP; in units of the width's square.
  /// A single block has the same ones in two layers.
  private static final int BLOCK = 3 + 1 + 8;

  private static final int KEYS_AND_VALUES = 2;

  /// Of a step with so many tokens.
  public static StepWork of(FluxConfig config, TokenCounts tokens) {
    long d = config.width();
    long all = tokens.all();
    long noise = tokens.noise();
    boolean cut = config.singleBlocks() > 0; // the last single block computes what is needed only
    long blocks = (long) config.doubleBlocks() + config.singleBlocks() - (cut ? 1 : 0);
    long linear = blocks * BLOCK * d * d * all;
    long attention = blocks * 2 * all * all * d;
    if (cut) {
      linear += d * d * (KEYS_AND_VALUES * all + (BLOCK - KEYS_AND_VALUES) * noise);
      attention += 2 * noise * all * d;
    }
    linear += d * noise * ((long) config.inChannels() + config.outChannels());
    return new StepWork(linear, attention);
  }

  /// As many of both.
  public StepWork times(int count) {
    return new StepWork(linear * count, attention * count);
  }

  /// In units of 10^12 operations.
  public double teraOperations() {
    return 2e-12 * (linear + attention);
  }
}
