package dev.kontext4j.testkit;

import dev.kontext4j.engine.Tensor;
import java.util.Arrays;

/// Assertions on tensors that say, when they fail, where and by how much.
public final class TensorAssert {
  private TensorAssert() {}

  /// For a stage computed in f32.
  public static void near(String what, Tensor expected, Tensor actual) {
    near(what, expected, actual, Tolerance.F32);
  }

  public static void near(String what, Tensor expected, Tensor actual, Tolerance tolerance) {
    requireSameShape(what, expected, actual);
    var distance = Distance.between(expected, actual);
    Measured.note("f32  " + what + ": " + distance);
    if (!tolerance.allows(distance)) {
      throw new AssertionError(
          "%s: %s; allowed %.1e and %.1e%n%s"
              .formatted(
                  what,
                  distance,
                  tolerance.max(),
                  tolerance.l2(),
                  Mismatches.between(expected, actual, tolerance.max())));
    }
  }

  /// For a stage computed in bf16: it must not be much further from f32 than the reference in bf16.
  ///
  /// @param exact the reference in f32
  /// @param reference the reference in bf16
  /// @param ours in bf16
  public static void asNearAsReference(String what, Tensor exact, Tensor reference, Tensor ours) {
    requireSameShape(what, exact, ours);
    requireSameShape(what, exact, reference);
    double theirs = Distance.between(exact, reference).relativeL2();
    double our = Distance.between(exact, ours).relativeL2();
    Measured.note(
        "bf16 %s: %.2f (ours %.2e, reference %.2e)".formatted(what, our / theirs, our, theirs));
    boolean near = our <= Tolerance.BF16_FACTOR * theirs; // false for NaN
    if (!near) {
      throw new AssertionError(
          "%s: in bf16 %.3e from f32, that is %.2f times as far as the reference (%.3e); allowed %.1f%n%s"
              .formatted(
                  what,
                  our,
                  our / theirs,
                  theirs,
                  Tolerance.BF16_FACTOR,
                  Mismatches.between(exact, ours, 2 * theirs)));
    }
  }

  private static void requireSameShape(String what, Tensor expected, Tensor actual) {
    if (!Arrays.equals(expected.shape(), actual.shape())) {
      throw new AssertionError(
          "%s: expected shape %s, got %s"
              .formatted(what, Arrays.toString(expected.shape()), Arrays.toString(actual.shape())));
    }
  }
}
