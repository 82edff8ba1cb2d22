package dev.kontext4j.engine.nn;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import org.jspecify.annotations.Nullable;

/// Multi-head attention of a sequence to itself. `B` batch, `L` length, `D` width, `H` heads, `E`
/// head size.
///
/// @param scale of the scores, usually `1 / sqrt(E)`
public record SelfAttention(
    Linear query, Linear key, Linear value, Linear out, int heads, double scale) {

  /// (B, L, D) to the same.
  ///
  /// @param bias added to the scores, broadcast to (B, H, L, L)
  public Tensor forward(Tensor x, @Nullable Tensor bias) {
    return Scope.tidy(() -> {
      var q = perHead(query.forward(x));
      var k = perHead(key.forward(x));
      var v = perHead(value.forward(x));
      var mixed = Attention.attend(q, k, v, bias, scale);
      return out.forward(mixed.transpose(1, 2).reshape(x.size(0), x.size(1), -1));
    });
  }

  /// (B, L, H E) to (B, H, L, E).
  private Tensor perHead(Tensor x) {
    return x.reshape(x.size(0), x.size(1), heads, -1).transpose(1, 2);
  }
}
