package dev.kontext4j.engine.nn;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import org.jspecify.annotations.Nullable;

/// Softmax attention. `B` batch, `H` heads, `Lq` queries, `Lk` keys, `E` head size.
///
/// libtorch's fused kernel does all of it. On a CPU its bf16 form is slower than its f32 form, so
/// bf16 takes the way through f32 there, which also keeps the scores exact (docs/measurements.md).
public final class Attention {
  private Attention() {}

  /// Query (B, H, Lq, E), key and value (B, H, Lk, E) to (B, H, Lq, E).
  ///
  /// @param bias added to the scores, broadcast to (B, H, Lq, Lk)
  public static Tensor attend(
      Tensor query, Tensor key, Tensor value, @Nullable Tensor bias, double scale) {
    return query.device().isCpu() && query.dtype() == DType.BF16
        ? inF32(query, key, value, bias, scale)
        : query.attend(key, value, bias, scale);
  }

  private static Tensor inF32(
      Tensor query, Tensor key, Tensor value, @Nullable Tensor bias, double scale) {
    return Scope.tidy(() ->
        query
            .to(DType.F32)
            .attend(
                key.to(DType.F32),
                value.to(DType.F32),
                bias == null ? null : bias.to(DType.F32),
                scale)
            .to(query.dtype()));
  }
}
