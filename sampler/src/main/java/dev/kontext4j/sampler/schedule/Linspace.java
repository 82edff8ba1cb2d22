package dev.kontext4j.sampler.schedule;

/// `numpy.linspace` in float64, with its order of operations.
final class Linspace {
  private Linspace() {}

  static double[] of(double start, double stop, int n) {
    double[] values = new double[n];
    double step = (stop - start) / (n - 1);
    for (int i = 0; i < n; i++) {
      values[i] = i * step + start;
    }
    values[n - 1] = stop;
    if (n == 1) {
      values[0] = start;
    }
    return values;
  }
}
