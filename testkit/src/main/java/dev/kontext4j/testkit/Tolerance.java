package dev.kontext4j.testkit;

/// How far a tensor may be from the golden one.
///
/// @param max of the largest difference, relative to the golden's largest value
/// @param l2 of the differences' norm, relative to the golden's
public record Tolerance(double max, double l2) {
  /// A stage computed in f32.
  public static final Tolerance F32 = new Tolerance(2e-5, 2e-5);

  /// A weight that adapters were merged into, in f32.
  public static final Tolerance MERGED = new Tolerance(1e-6, 1e-6);

  /// A stage computed in bf16 may be this many times as far from f32 as the reference in bf16 is.
  public static final double BF16_FACTOR = 1.2;

  boolean allows(Distance distance) {
    // written so that NaN is not allowed
    return distance.relativeMax() <= max && distance.relativeL2() <= l2;
  }
}
