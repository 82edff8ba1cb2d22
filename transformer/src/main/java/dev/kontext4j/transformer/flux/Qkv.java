package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.nn.Attention;
import java.util.List;
import java.util.function.Supplier;

/// Queries, keys and values of some tokens: (B, L, H, E) each, queries and keys normalised.
record Qkv(Tensor q, Tensor k, Tensor v) {

  /// Runs `body` in a scope of its own and keeps nothing but its result.
  static Qkv tidy(Supplier<Qkv> body) {
    try (var scope = Scope.open()) {
      var made = body.get();
      return new Qkv(scope.keep(made.q), scope.keep(made.k), scope.keep(made.v));
    }
  }

  /// The tokens of both, this one's first.
  Qkv then(Qkv other) {
    return new Qkv(cat(q, other.q), cat(k, other.k), cat(v, other.v));
  }

  private static Tensor cat(Tensor first, Tensor second) {
    return Tensor.cat(List.of(first, second), 1);
  }

  /// Every query attends to every key: (B, Lq, D).
  ///
  /// @param queryRope the positions of the queries
  /// @param keyRope the positions of the keys
  /// @param others keys and values besides these
  Tensor attend(Rope queryRope, Rope keyRope, KeyMemory others) {
    return Scope.tidy(() -> {
      var query = queryRope.rotate(q).transpose(1, 2); // (B, H, Lq, E)
      var all = others.complete(new KeysValues(keyRope.rotate(k), v));
      var key = all.keys().transpose(1, 2); // (B, H, Lk, E)
      double scale = 1 / Math.sqrt((double) q.size(3));
      var mixed = Attention.attend(query, key, all.values().transpose(1, 2), null, scale);
      return mixed.transpose(1, 2).reshape(q.size(0), q.size(1), -1);
    });
  }
}
