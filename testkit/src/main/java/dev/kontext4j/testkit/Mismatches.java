package dev.kontext4j.testkit;

import dev.kontext4j.engine.Tensor;
import java.util.Arrays;

/// The story of a failure: the first values that differ, the worst one, and how many there are.
final class Mismatches {
  private static final int SHOWN = 5;

  private Mismatches() {}

  /// @param relative differences beyond this share of the largest expected value are listed
  static String between(Tensor expected, Tensor actual, double relative) {
    float[] wanted = expected.toFloats();
    float[] got = actual.toFloats();
    double allowed = relative * largest(wanted);
    var text = new StringBuilder();
    int count = 0;
    int worst = 0;
    for (int i = 0; i < wanted.length; i++) {
      if (difference(wanted, got, i) <= allowed) {
        continue;
      }
      if (count++ < SHOWN) {
        text.append(line("  ", wanted, got, i, expected.shape()));
      }
      worst = difference(wanted, got, i) > difference(wanted, got, worst) ? i : worst;
    }
    return "  %d of %d values differ by more than %.3g%n%s%s"
        .formatted(
            count,
            wanted.length,
            allowed,
            text,
            line("  worst ", wanted, got, worst, expected.shape()));
  }

  private static String line(String title, float[] wanted, float[] got, int i, long[] shape) {
    return "%sat %s: expected %.8g, got %.8g%n"
        .formatted(title, Arrays.toString(place(i, shape)), wanted[i], got[i]);
  }

  private static double difference(float[] wanted, float[] got, int i) {
    double difference = Math.abs((double) wanted[i] - got[i]);
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static long[] place(long flat, long[] shape) {
    var place = new long[shape.length];
    for (int dim = shape.length - 1; dim >= 0; dim--) {
      place[dim] = flat % shape[dim];
      flat /= shape[dim];
    }
    return place;
  }
}
