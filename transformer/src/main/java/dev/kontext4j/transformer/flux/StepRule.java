package dev.kontext4j.transformer.flux;

/// Decides, from step to step, whether what was computed at an earlier one will do.
@FunctionalInterface
public interface StepRule {
  /// Asked once at every step, in their order.
  ///
  /// @param change how much, relative to itself, that has changed which is looked at; infinite if
  ///   nothing was computed yet
  boolean spares(int step, double change);
}
