package dev.kontext4j.sampler.picture;

/// The weights that resize one axis: for every new position, which old ones count and how much, as
/// whole numbers on a scale of 2^22.
///
/// The arithmetic is Pillow's (`precompute_coeffs` and `normalize_coeffs_8bpc` in
/// <https://github.com/python-pillow/Pillow/blob/main/src/libImaging/Resample.c>): float64 weights,
/// normalised to a sum of 1, each rounded for itself.
final class LanczosKernel {
  /// 8 bits for the result and 2 for overshoot leave 22 for the weights.
  static final int PRECISION_BITS = 32 - 8 - 2;

  private static final double RADIUS = 3;

  private final int[] first;
  private final int[][] weights;

  LanczosKernel(int oldLength, int newLength) {
    first = new int[newLength];
    weights = new int[newLength][];
    double scale = (double) oldLength / newLength;
    double stretch = Math.max(scale, 1);
    double support = RADIUS * stretch;
    double perPixel = 1.0 / stretch;
    for (int i = 0; i < newLength; i++) {
      double centre = (i + 0.5) * scale;
      int from = Math.max((int) (centre - support + 0.5), 0);
      int to = Math.min((int) (centre + support + 0.5), oldLength);
      double[] exact = new double[to - from];
      double sum = 0;
      for (int k = 0; k < exact.length; k++) {
        exact[k] = lanczos((k + from - centre + 0.5) * perPixel);
        sum += exact[k];
      }
      first[i] = from;
      weights[i] = rounded(exact, sum);
    }
  }

  /// The first old position that counts for the new position `i`.
  int first(int i) {
    return first[i];
  }

  /// The weights of the old positions from `first(i)` on.
  int[] weights(int i) {
    return weights[i];
  }

  private static int[] rounded(double[] exact, double sum) {
    int[] whole = new int[exact.length];
    for (int k = 0; k < exact.length; k++) {
      double weight = sum == 0 ? exact[k] : exact[k] / sum;
      double scaled = weight * (1 << PRECISION_BITS);
      whole[k] = (int) (scaled + (weight < 0 ? -0.5 : 0.5));
    }
    return whole;
  }

  private static double lanczos(double x) {
    return -RADIUS <= x && x < RADIUS ? sinc(x) * sinc(x / RADIUS) : 0;
  }

  private static double sinc(double x) {
    if (x == 0) {
      return 1;
    }
    double angle = x * Math.PI;
    return StrictMath.sin(angle) / angle;
  }
}
