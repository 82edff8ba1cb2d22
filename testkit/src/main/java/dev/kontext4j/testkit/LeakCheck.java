package dev.kontext4j.testkit;

import dev.kontext4j.engine.Scope;

/// Finds tensors that nobody freed.
public final class LeakCheck {
  private LeakCheck() {}

  /// Runs the body twice. What its first run leaves behind may be weights that came to stay; its
  /// second run must leave nothing.
  public static void leavesNothing(Runnable body) {
    inScope(body);
    long before = Scope.liveTensors();
    inScope(body);
    long left = Scope.liveTensors() - before;
    if (left != 0) {
      throw new AssertionError(left + " tensors were left behind");
    }
  }

  /// How many tensors the body leaves in its scope, such as results; the rest it must have freed.
  public static long resultsOf(Runnable body) {
    inScope(body); // weights
    try (var _ = Scope.open()) {
      long before = Scope.liveTensors();
      body.run();
      return Scope.liveTensors() - before;
    }
  }

  private static void inScope(Runnable body) {
    try (var _ = Scope.open()) {
      body.run();
    }
  }
}
