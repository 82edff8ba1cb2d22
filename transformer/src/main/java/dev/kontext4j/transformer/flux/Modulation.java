package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import org.jspecify.annotations.Nullable;

/// What the conditioning vector does to one residual branch at one step: its input is normalised,
/// scaled and shifted, its output is gated. Every tensor is (D); the same for the whole batch.
///
/// @param scale with 1 added already, so that modulating is one layer norm
/// @param gate absent at the final layer, which has no residual
record Modulation(Tensor shift, Tensor scale, @Nullable Tensor gate) {
  static final double EPS = 1e-6;

  /// `(1 + scale) * norm(x) + shift`
  Tensor modulate(Tensor x) {
    return x.layerNorm(scale, shift, EPS);
  }

  /// `x + gate * branch`
  Tensor residual(Tensor x, Tensor branch) {
    if (gate == null) {
      throw new IllegalStateException("this branch has no residual");
    }
    return Scope.tidy(() -> x.add(branch.mul(gate)));
  }
}
