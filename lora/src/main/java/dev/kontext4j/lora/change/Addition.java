package dev.kontext4j.lora.change;

import dev.kontext4j.engine.Tensor;

/// What a change adds to a weight, ready to be added to some of its rows at a time. It lives as
/// long as the scope in which it was made.
@FunctionalInterface
public interface Addition {
  /// Some rows with what is to be added to them, in the innermost open scope.
  ///
  /// @param sum the model's rows in f32, with what others have added
  /// @param first which of the changed rows is the first of these
  Tensor to(Tensor sum, long first);

  /// Of a difference that was worked out.
  static Addition of(Tensor difference) {
    return (sum, first) -> sum.add(difference.narrow(0, first, sum.size(0)));
  }
}
