package dev.kontext4j.sampler.noise;

/// Turns a block of 16 uniform numbers into 16 normal ones in place: eight radii from the first
/// half, eight angles from the second; the cosines go into the first half, the sines into the
/// second.
///
/// See `normal_fill_16` in
/// <https://github.com/pytorch/pytorch/blob/v2.11.0/aten/src/ATen/native/cpu/DistributionTemplates.h>.
final class BoxMuller {
  static final int BLOCK = 16;
  private static final int HALF = BLOCK / 2;
  private static final double TWO_PI = 2 * Math.PI;

  private BoxMuller() {}

  static void transform(float[] data, int from, NoiseType type) {
    if (type == NoiseType.F32) {
      transformFloat(data, from);
    } else {
      transformRounded(data, from, type);
    }
  }

  private static void transformFloat(float[] data, int from) {
    for (int j = from; j < from + HALF; j++) {
      float u = 1 - data[j];
      float radius = (float) Math.sqrt(-2 * CephesFloat.log(u));
      float angle = (float) TWO_PI * data[j + HALF];
      data[j] = positiveZero(radius * CephesFloat.cos(angle));
      data[j + HALF] = positiveZero(radius * CephesFloat.sin(angle));
    }
  }

  /// The half types have no vector form: each single operation is done in float and rounded.
  private static void transformRounded(float[] data, int from, NoiseType type) {
    for (int j = from; j < from + HALF; j++) {
      float u = type.round(1 - data[j]);
      float log = type.round(Math.log(u));
      float radius = type.round(Math.sqrt(type.round(-2 * log)));
      float angle = type.round(TWO_PI * data[j + HALF]);
      data[j] = positiveZero(type.round(radius * type.round(Math.cos(angle))));
      data[j + HALF] = positiveZero(type.round(radius * type.round(Math.sin(angle))));
    }
  }

  /// The reference adds a mean of 0 at the end, which turns -0 into +0.
  private static float positiveZero(float x) {
    return x + 0f;
  }
}
