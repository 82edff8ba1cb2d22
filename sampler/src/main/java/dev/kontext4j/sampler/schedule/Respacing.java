package dev.kontext4j.sampler.schedule;

/// Replaces the levels between the first and the last by karras, exponential or beta spaced ones.
final class Respacing {
  private static final double RHO = 7;

  private final SchedulerConfig config;

  Respacing(SchedulerConfig config) {
    this.config = config;
  }

  float[] apply(float[] levels) {
    if (config.spacing() == Spacing.SHIFTED) {
      return levels;
    }
    int n = levels.length;
    double max = config.sigmaMax().orElse(levels[0]);
    double min = config.sigmaMin().orElse(levels[n - 1]);
    double[] spaced =
        switch (config.spacing()) {
          case SHIFTED -> throw new AssertionError("returned above");
          case KARRAS -> karras(max, min, n);
          case EXPONENTIAL -> exponential(max, min, n);
          case BETA -> beta(max, min, n);
        };
    float[] rounded = new float[n];
    for (int i = 0; i < n; i++) {
      rounded[i] = (float) spaced[i];
    }
    return rounded;
  }

  private static double[] karras(double max, double min, int n) {
    double maxRoot = Math.pow(max, 1 / RHO);
    double minRoot = Math.pow(min, 1 / RHO);
    double[] levels = Linspace.of(0, 1, n);
    for (int i = 0; i < n; i++) {
      levels[i] = Math.pow(maxRoot + levels[i] * (minRoot - maxRoot), RHO);
    }
    return levels;
  }

  private static double[] exponential(double max, double min, int n) {
    if (max <= 0 || min <= 0) {
      throw new IllegalArgumentException(
          "exponential spacing needs noise levels above 0, got " + max + " and " + min);
    }
    double[] levels = Linspace.of(Math.log(max), Math.log(min), n);
    for (int i = 0; i < n; i++) {
      levels[i] = Math.exp(levels[i]);
    }
    return levels;
  }

  private static double[] beta(double max, double min, int n) {
    var quantiles = new SymmetricBeta(0.6);
    double[] levels = Linspace.of(0, 1, n);
    for (int i = 0; i < n; i++) {
      levels[i] = min + quantiles.quantile(1 - levels[i]) * (max - min);
    }
    return levels;
  }
}
