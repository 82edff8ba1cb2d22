package dev.kontext4j.sampler.noise;

import org.jspecify.annotations.Nullable;

/// The counterpart of `torch.Generator("cpu").manual_seed(seed)`: draws what `torch.randn` draws
/// from it, in the same order. One draw continues where the last one stopped, so the pictures of a
/// batch differ. Not safe for use by several threads.
///
/// Equal to PyTorch 2.11 bit for bit on x86-64 processors with AVX2 or better; PyTorch itself gives
/// float32 numbers that differ in the last place on other processors.
public final class TorchGenerator {
  private final MersenneTwister random;

  /// The second number of a pair drawn one by one, kept for the next short draw.
  private @Nullable Double spare;

  /// Like PyTorch, uses only the low 32 bits of the seed.
  public TorchGenerator(long seed) {
    random = new MersenneTwister((int) seed);
  }

  /// The next `n` standard normal numbers, in the order of the tensor's memory. Numbers of a half
  /// type are returned as the floats that hold them exactly.
  public float[] normal(int n, NoiseType type) {
    float[] data = new float[n];
    if (n < BoxMuller.BLOCK) {
      for (int i = 0; i < n; i++) {
        data[i] = type.round(single());
      }
      return data;
    }
    fillUniform(data, 0, n, type);
    for (int from = 0; from <= n - BoxMuller.BLOCK; from += BoxMuller.BLOCK) {
      BoxMuller.transform(data, from, type);
    }
    if (n % BoxMuller.BLOCK != 0) { // the last 16 are drawn anew, over finished ones too
      int from = n - BoxMuller.BLOCK;
      fillUniform(data, from, n, type);
      BoxMuller.transform(data, from, type);
    }
    return data;
  }

  private void fillUniform(float[] data, int from, int to, NoiseType type) {
    for (int i = from; i < to; i++) {
      data[i] = type.uniform(random.next32());
    }
  }

  private double single() {
    if (spare != null) {
      double kept = spare;
      spare = null;
      return kept;
    }
    double angle = 2 * Math.PI * random.nextDouble();
    double radius = Math.sqrt(-2 * Math.log1p(-random.nextDouble()));
    spare = positiveZero(radius * Math.sin(angle));
    return positiveZero(radius * Math.cos(angle));
  }

  private static double positiveZero(double x) {
    return x + 0.0;
  }
}
