package dev.kontext4j.testkit;

import dev.kontext4j.engine.Tensor;

/// How far a tensor is from the one expected.
///
/// @param relativeMax largest difference / largest expected value
/// @param relativeL2 norm of the differences / norm of the expected values
public record Distance(double relativeMax, double relativeL2) {

  public static Distance between(Tensor expected, Tensor actual) {
    return between(expected.toFloats(), actual.toFloats());
  }

  static Distance between(float[] expected, float[] actual) {
    double maxDifference = 0;
    double maxExpected = 0;
    double differences = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs((double) expected[i] - actual[i]);
      maxDifference = Math.max(maxDifference, difference); // NaN stays
      maxExpected = Math.max(maxExpected, Math.abs((double) expected[i]));
      differences += difference * difference;
      norm += (double) expected[i] * expected[i];
    }
    return new Distance(
        ratio(maxDifference, maxExpected), ratio(Math.sqrt(differences), Math.sqrt(norm)));
  }

  private static double ratio(double part, double whole) {
    return part == 0 ? 0 : part / whole;
  }

  @Override
  public String toString() {
    return "relative max %.2e, relative L2 %.2e".formatted(relativeMax, relativeL2);
  }
}
