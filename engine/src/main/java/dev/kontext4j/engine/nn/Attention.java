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
    return bias == null
        ? inChunks(query, key, value, scale)
        : inF32(query, key, value, bias, scale);
  }

  private static Tensor inF32(Tensor query, Tensor key, Tensor value, Tensor bias, double scale) {
    return Scope.tidy(() ->
        query
            .to(DType.F32)
            .attend(key.to(DType.F32), value.to(DType.F32), bias.to(DType.F32), scale)
            .to(query.dtype()));
  }

  private static Tensor inChunks(Tensor query, Tensor key, Tensor value, double scale) {
    try (var scope = Scope.open()) {
      var keyT = key.transpose(2, 3); // (B, H, E, Lk)
      long queries = query.size(2);
      long chunk = chunkSize(query, key);
      var parts = new ArrayList<Tensor>();
      for (long start = 0; start < queries; start += chunk) {
        var some = query.narrow(2, start, Math.min(chunk, queries - start));
        parts.add(Scope.tidy(() -> some.mul(scale).matmul(keyT).softmax(-1).matmul(value)));
      }
      return scope.keep(parts.size() == 1 ? parts.getFirst() : Tensor.cat(parts, 2));
    }
  }

  private static long chunkSize(Tensor query, Tensor key) {
    long scoresPerQuery = query.size(0) * query.size(1) * key.size(2);
    return Math.max(1, SCORES_AT_A_TIME / scoresPerQuery);
  }
}
