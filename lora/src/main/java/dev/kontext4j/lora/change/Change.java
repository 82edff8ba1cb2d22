package dev.kontext4j.lora.change;

import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// What an adapter does to a weight, or to some of its rows.
public sealed interface Change
    permits LowRank, Kronecker, Hadamard, Difference, Replacement, Decomposed {

  /// What is to be added to the weight, in the innermost open scope. It depends on the model's own
  /// weight alone and on nothing that other adapters do, so the order of adapters does not matter.
  ///
  /// @param base the model's weight in f32: (rows, columns), or (rows) where columns are 0
  /// @param strength 1 for the adapter as it was trained
  Tensor delta(Tensor base, double strength);

  /// What is to be added, made ready in the innermost open scope.
  ///
  /// @param device of the weight
  /// @param base as for [#delta], for changes that need it whole
  default Addition addition(Device device, Supplier<Tensor> base, double strength) {
    return Addition.of(Scope.tidy(() -> delta(base.get(), strength)));
  }

  /// Whether the model's weight has no say in what is added.
  boolean standsAlone();

  /// How large it is at strength 1: the root of the sum of squares of what is added, or of a part
  /// of that which does not hang on the model's weight.
  double norm();

  long rows();

  /// 0 for a tensor of one dimension.
  long columns();

  /// The rank of a low-rank change.
  OptionalLong rank();

  /// What such a change is called.
  String kind();

  /// The root of the sum of squares.
  static double norm(Tensor tensor) {
    try (var _ = Scope.open()) {
      double elements = 1;
      for (long size : tensor.shape()) {
        elements *= (double) size;
      }
      return Math.sqrt(tensor.mul(tensor).reshape(1, -1).mean(1).toFloats()[0] * elements);
    }
  }
}
