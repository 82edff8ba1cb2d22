package dev.kontext4j.transformer.t5;

/// What [T5Encoder#states] takes at its peak, beside the weights. Counted in f32, for scores are.
public record StatesMemory(int width, int mlpWidth, int heads) {
  private static final long F32 = 4;

  /// Of the published encoder.
  public static final StatesMemory PUBLISHED = of(T5Config.PUBLISHED);

  static StatesMemory of(T5Config config) {
    return new StatesMemory(config.width(), config.mlpWidth(), config.heads());
  }

  /// In bytes, for one prompt of so many tokens.
  public long bytes(long tokens) {
    long each = 8L * width + 3L * mlpWidth; // stream, norm, q, k, v, attended; the hidden layers
    long scores = 3L * heads * tokens * tokens; // bias, scores, probabilities
    return (tokens * each + scores) * F32;
  }
}
