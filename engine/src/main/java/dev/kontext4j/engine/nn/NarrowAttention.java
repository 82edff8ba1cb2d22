package dev.kontext4j.engine.nn;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Attention in bf16 on a CPU that is fast at products of bf16: two products with a softmax
/// between, some heads and some queries at a time.
///
/// A product rounds its scores to 8 bits, and attention lives on the differences between large
/// ones. So a query's scores are taken relative to its highest among a sample of the keys, and that
/// inside the product, where sums are exact: what counts lies near zero then and keeps its bits. To
/// the softmax it is all the same (docs/measurements.md has what it costs and gains).
///
/// `N` heads, `Lq` queries, `Lk` keys, `E` head size.
final class NarrowAttention {
  /// Scores that are held at once: with fewer, keys are prepared for the product too often.
  private static final long SCORES = 8L << 20;

  /// One key in so many is in the sample.
  private static final long SAMPLE = 8;

  private NarrowAttention() {}

  /// How many bytes scores and shares take at their most.
  static long bytes(long heads, long queries, long keys) {
    long all = headsAtOnce(heads, queries, keys) * queries * keys;
    return 2L * DType.BF16.bytes() * Math.min(SCORES, all);
  }

  private static long headsAtOnce(long heads, long queries, long keys) {
    return Math.clamp(SCORES / (queries * keys), 1, heads);
  }

  /// Query (B, H, Lq, E), key and value (B, H, Lk, E) to (B, H, Lq, E), all bf16.
  static Tensor attend(Tensor query, Tensor key, Tensor value, double scale) {
    return Scope.tidy(() -> {
      long all = query.size(0) * query.size(1);
      long heads = headsAtOnce(all, query.size(2), key.size(2));
      var q = headByHead(query);
      var k = headByHead(key);
      var v = headByHead(value);
      var mixed = new ArrayList<Tensor>();
      for (long from = 0; from < all; from += heads) {
        long count = Math.min(heads, all - from);
        mixed.add(
            ofHeads(
                q.narrow(0, from, count),
                k.narrow(0, from, count),
                v.narrow(0, from, count),
                scale));
      }
      return Tensor.cat(mixed, 0).reshape(query.shape());
    });
  }

  /// (B, H, L, E) to (B H, L, E)
  private static Tensor headByHead(Tensor x) {
    return x.reshape(-1, x.size(2), x.size(3));
  }

  /// (N, Lq, E) and (N, Lk, E) twice to (N, Lq, E).
  private static Tensor ofHeads(Tensor query, Tensor key, Tensor value, double scale) {
    return Scope.tidy(() -> {
      long rows = Math.max(1, SCORES / (key.size(0) * key.size(1)));
      var sample = sample(key).transpose(1, 2); // (N, E, Lk / 8)
      var one = key.narrow(2, 0, 1).onesLike();
      var keys = Tensor.cat(List.of(key, one), 2).transpose(1, 2); // (N, E + 1, Lk)
      var mixed = new ArrayList<Tensor>();
      for (long from = 0; from < query.size(1); from += rows) {
        var some = query.narrow(1, from, Math.min(rows, query.size(1) - from));
        mixed.add(
            Scope.tidy(() -> {
              var highest = some.matmul(sample).largest(2); // (N, rows, 1)
              var relative = Tensor.cat(List.of(some, highest.mul(-1)), 2); // (N, rows, E + 1)
              return relative.matmul(keys, scale).softmax(2).matmul(value);
            }));
      }
      return Tensor.cat(mixed, 1);
    });
  }

  private static Tensor sample(Tensor key) {
    long step = Math.min(SAMPLE, key.size(1));
    long count = key.size(1) / step;
    return key.narrow(1, 0, count * step)
        .reshape(key.size(0), count, step, -1)
        .narrow(2, 0, 1)
        .reshape(key.size(0), count, -1);
  }
}
