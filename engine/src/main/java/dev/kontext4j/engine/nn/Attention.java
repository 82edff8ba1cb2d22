package dev.kontext4j.engine.nn;

import dev.kontext4j.engine.CpuFeatures;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import org.jspecify.annotations.Nullable;

/// Softmax attention. `B` batch, `H` heads, `Lq` queries, `Lk` keys, `E` head size.
///
/// libtorch's fused kernel does all of it. On a CPU its bf16 form is slower than its f32 form; so
/// there bf16 goes through two products where these are fast, and else through f32.
public final class Attention {
  private Attention() {}

  /// Query (B, H, Lq, E), key and value (B, H, Lk, E) to (B, H, Lq, E).
  ///
  /// @param bias added to the scores, broadcast to (B, H, Lq, Lk)
  public static Tensor attend(
      Tensor query, Tensor key, Tensor value, @Nullable Tensor bias, double scale) {
    if (!query.device().isCpu() || query.dtype() != DType.BF16) {
      return query.attend(key, value, bias, scale);
    }
    return bias == null && CpuFeatures.fastBf16Products()
        ? NarrowAttention.attend(query, key, value, scale)
        : inF32(query, key, value, bias, scale);
  }

  /// What the scores in bf16 take at their most, in bytes, where they are computed by themselves.
  public static long scoreBytes(long heads, long queries, long keys) {
    return NarrowAttention.bytes(heads, queries, keys);
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
