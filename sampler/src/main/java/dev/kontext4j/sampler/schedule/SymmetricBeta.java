package dev.kontext4j.sampler.schedule;

/// The beta distribution with both parameters equal to `a`, for `a` in (0, 1].
///
/// Written here because the case is so narrow: for x up to 1/2 the power series of the incomplete
/// beta function converges like 2^-n, the other half follows from the symmetry, and the complete
/// beta function is twice the series at 1/2. A statistics library would be a dependency for one
/// function.
final class SymmetricBeta {
  private final double a;
  private final double complete;

  SymmetricBeta(double a) {
    this.a = a;
    this.complete = 2 * incomplete(0.5);
  }

  /// The x below which a share of `p` lies.
  double quantile(double p) {
    if (p == 0.5) {
      return Math.nextUp(0.5); // scipy's answer; it decides how a level half way rounds to float
    }
    if (p > 0.5) {
      return 1 - lowerQuantile(1 - p);
    }
    return lowerQuantile(p);
  }

  /// For p up to 1/2: Newton's steps, halving the bracket where one would leave it.
  private double lowerQuantile(double p) {
    if (p == 0) {
      return 0;
    }
    double low = 0;
    double high = 0.5;
    double x = Math.min(0.5, Math.pow(p * a * complete, 1 / a)); // the first term of the series
    for (int i = 0; i < 200; i++) {
      double excess = incomplete(x) / complete - p;
      if (excess > 0) {
        high = x;
      } else {
        low = x;
      }
      double density = Math.pow(x * (1 - x), a - 1) / complete;
      double next = x - excess / density;
      if (next < low || next > high) {
        next = (low + high) / 2;
      }
      if (Math.abs(next - x) <= Math.ulp(x)) {
        return next;
      }
      x = next;
    }
    return x;
  }

  /// The integral of (t (1 - t))^(a - 1) from 0 to x: x^a sum (1 - a)_n x^n / (n! (a + n)).
  private double incomplete(double x) {
    double sum = 0;
    double power = 1; // (1 - a)_n x^n / n!
    for (int n = 0; n < 80; n++) {
      sum += power / (a + n);
      power *= (1 - a + n) * x / (n + 1);
    }
    return Math.pow(x, a) * sum;
  }
}
