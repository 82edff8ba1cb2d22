package dev.kontext4j.engine.nn;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Softmax attention. `B` batch, `H` heads, `Lq` queries, `Lk` keys, `E` head size.
///
/// libtorch's fused kernel serves all but bf16 on a CPU: there it does not use the bf16 units, and
/// is 50 times slower than two matrix products with a softmax between them (FACTS in
/// docs/measurements.md). Those take the queries in chunks, which bounds the memory for the scores.
/// Scores with a bias, as text encoders have them, are few; they are computed in f32, as the
/// reference's kernel does.
public final class Attention {
  /// 64 MiB of bf16 scores at a time.
  private static final long SCORES_AT_A_TIME = 32L << 20;

  private Attention() {}

  /// Query (B, H, Lq, E), key and value (B, H, Lk, E) to (B, H, Lq, E).
  ///
  /// @param bias added to the scores, broadcast to (B, H, Lq, Lk)
  public static Tensor attend(
      Tensor query, Tensor key, Tensor value, @Nullable Tensor bias, double scale) {
    if (!query.device().isCpu() || query.dtype() != DType.BF16) {
      return query.attend(key, value, bias, scale);
    }
    return bias == null ? perHead(query, key, value, scale) : inF32(query, key, value, bias, scale);
  }

  private static Tensor inF32(Tensor query, Tensor key, Tensor value, Tensor bias, double scale) {
    return Scope.tidy(() ->
        query
            .to(DType.F32)
            .attend(key.to(DType.F32), value.to(DType.F32), bias.to(DType.F32), scale)
            .to(query.dtype()));
  }

  /// Each head by itself: its keys and scores stay near the processor, and its two products are
  /// plain ones, which libtorch does best.
  private static Tensor perHead(Tensor query, Tensor key, Tensor value, double scale) {
    try (var scope = Scope.open()) {
      var q = flat(query.mul(scale));
      var k = flat(key);
      var v = flat(value);
      var heads = new ArrayList<Tensor>();
      for (long i = 0; i < q.size(0); i++) {
        heads.add(head(q.narrow(0, i, 1), k.narrow(0, i, 1), v.narrow(0, i, 1)));
      }
      return scope.keep(Tensor.cat(heads, 0).reshape(query.shape()));
    }
  }

  /// (B, H, L, E) to (B H, L, E), row by row in memory.
  private static Tensor flat(Tensor x) {
    return x.reshape(-1, x.size(2), x.size(3)).contiguous();
  }

  /// One head: (1, Lq, E), twice (1, Lk, E) to (1, Lq, E).
  private static Tensor head(Tensor query, Tensor key, Tensor value) {
    try (var scope = Scope.open()) {
      var k = key.reshape(key.size(1), key.size(2));
      long queries = query.size(1);
      long chunk = Math.max(1, SCORES_AT_A_TIME / key.size(1));
      var parts = new ArrayList<Tensor>();
      for (long start = 0; start < queries; start += chunk) {
        var some = query.narrow(1, start, Math.min(chunk, queries - start));
        parts.add(Scope.tidy(() -> some.linear(k, null).softmax(-1).matmul(value)));
      }
      return scope.keep(parts.size() == 1 ? parts.getFirst() : Tensor.cat(parts, 1));
    }
  }
}
