package dev.kontext4j.sampler.fast;

/// How much the network's result changes, by the change of what its first block is given:
/// TeaCache's polynomial, with the coefficients that ComfyUI-TeaCache (commit a8012e8) and nunchaku
/// publish for FLUX.1 Kontext [dev].
final class TeaCachePolynomial {
  /// Of the highest power first.
  private static final double[] COEFFICIENTS = {
    -1.04655119e+03, 3.12563399e+02, -1.69500694e+01, 4.10995971e-01, 3.74537863e-02
  };

  /// Behind this the polynomial falls, and from 0.24 on it is negative: nothing was fitted there.
  private static final double PEAK = 0.18;

  private TeaCachePolynomial() {}

  static double of(double change) {
    if (!(change <= PEAK)) {
      return Double.POSITIVE_INFINITY;
    }
    double result = 0;
    for (double coefficient : COEFFICIENTS) {
      result = result * change + coefficient;
    }
    return result;
  }
}
