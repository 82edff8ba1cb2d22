package dev.kontext4j.sampler;

import dev.kontext4j.engine.Tensor;

/// Packed latents of one picture in plain memory: tokens x channels, row by row.
public final class PackedLatents {
  private final int tokens;
  private final int channels;
  private final float[] values;

  private PackedLatents(int tokens, int channels, float[] values) {
    this.tokens = tokens;
    this.channels = channels;
    this.values = values;
  }

  /// Copies (1, tokens, channels).
  static PackedLatents of(Tensor latents) {
    return new PackedLatents(
        Math.toIntExact(latents.size(1)), Math.toIntExact(latents.size(2)), latents.toFloats());
  }

  public int tokens() {
    return tokens;
  }

  public int channels() {
    return channels;
  }

  /// The latents' own array, not a copy: only for reading.
  public float[] values() {
    return values;
  }
}
