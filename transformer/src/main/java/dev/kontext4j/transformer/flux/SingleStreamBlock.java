package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.nn.Linear;
import dev.kontext4j.engine.weights.Weights;

/// A block with one stream for text and image, and attention beside the MLP: one layer feeds both,
/// one layer takes both.
record SingleStreamBlock(
    Linear mod, Linear linear1, QkNorm norm, Linear linear2, FluxConfig config) {

  static SingleStreamBlock load(Weights weights, FluxConfig config) {
    long d = config.width();
    int mlp = config.mlpWidth();
    return new SingleStreamBlock(
        Linear.load(weights.at("modulation").at("lin").once(), d, 3 * d),
        Linear.loadBearing8Bits(weights.at("linear1"), d, 3 * d + mlp), // q, k, v, mlp
        QkNorm.load(weights.at("norm"), config),
        Linear.loadBearing8Bits(weights.at("linear2"), d + mlp, d),
        config);
  }

  ModulationTable modulations(Tensor activated) {
    return ModulationTable.of(mod, activated, 1).getFirst();
  }

  /// (B, L, D) to the same.
  ///
  /// @param others keys and values of tokens that are not computed
  Tensor forward(Tensor x, Modulation mod, Rope rope, KeyMemory others) {
    return Scope.tidy(() -> {
      long d = config.width();
      var both =
          Scope.tidy(() -> {
            var projected = Scope.tidy(() -> linear1.forward(mod.modulate(x))); // (B, L, 7 D)
            var attended = attend(perHead(projected.narrow(2, 0, 3 * d), 3), rope, others);
            return attended.besideGeluTanh(projected.narrow(2, 3 * d, config.mlpWidth()));
          });
      return mod.residual(x, linear2.forward(both));
    });
  }

  /// (B, L, 3 H, E) to (B, L, D).
  private Tensor attend(Tensor qkv, Rope rope, KeyMemory others) {
    return Scope.tidy(() -> {
      var parts = qkv.chunk(3, 2);
      return new Qkv(norm.query(parts.get(0)), norm.key(parts.get(1)), parts.get(2))
          .attend(rope, rope, others);
    });
  }

  /// As [#forward], but only for `count` tokens from `start` on, (B, count, D): the others are
  /// still attended to, but what becomes of them is not computed. For the last block, behind which
  /// only the noise tokens count.
  Tensor forward(Tensor x, Modulation mod, Rope rope, KeyMemory others, long start, long count) {
    return Scope.tidy(() -> {
      var both =
          Scope.tidy(() -> {
            var in = mod.modulate(x);
            var wanted = in.narrow(1, start, count).contiguous();
            var attended = attend(wanted, in, rope.of(start, count), rope, others);
            return attended.besideGeluTanh(
                linear1.forward(wanted, 3L * config.width(), config.mlpWidth()));
          });
      return mod.residual(x.narrow(1, start, count), linear2.forward(both));
    });
  }

  /// What some tokens see in all: (B, count, D).
  private Tensor attend(Tensor wanted, Tensor all, Rope wantedRope, Rope rope, KeyMemory others) {
    return Scope.tidy(() -> {
      long d = config.width();
      var query = perHead(linear1.forward(wanted, 0, d), 1);
      var keyValue = perHead(linear1.forward(all, d, 2 * d), 2).chunk(2, 2);
      return new Qkv(norm.query(query), norm.key(keyValue.get(0)), keyValue.get(1))
          .attend(wantedRope, rope, others);
    });
  }

  /// (B, L, n D) to (B, L, n H, E).
  private Tensor perHead(Tensor x, int n) {
    return x.reshape(x.size(0), x.size(1), (long) n * config.heads(), config.headSize());
  }
}
