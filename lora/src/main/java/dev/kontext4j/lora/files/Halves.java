package dev.kontext4j.lora.files;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A low-rank product `up @ down`.
///
/// @param up (out, rank)
/// @param down (rank, in)
record Halves(Tensor up, Tensor down) {
  /// Matrices whose smaller side is longer are met by random vectors first.
  private static final long SMALL = 512;

  private static final int SPARE = 16;
  private static final int ROUNDS = 3;
  private static final double TINY = 1e-30;

  long rank() {
    return down.size(0);
  }

  /// Hands both to the outer scope.
  Halves kept(Scope scope) {
    scope.keep(up);
    scope.keep(down);
    return this;
  }

  /// The sum of products as one, whose rank is the sum of theirs.
  static Halves sum(List<Halves> products) {
    if (products.size() == 1) {
      return products.getFirst();
    }
    return new Halves(
        Tensor.cat(products.stream().map(Halves::up).toList(), 1),
        Tensor.cat(products.stream().map(Halves::down).toList(), 0));
  }

  /// The nearest product of at most this rank, without multiplying out.
  Halves truncated(long most) {
    if (rank() <= most) {
      return this;
    }
    try (var scope = Scope.open()) {
      var left = up.qr();
      var right = down.transpose(0, 1).qr();
      var core = left.getLast().matmul(right.getLast().transpose(0, 1));
      var inner = nearest(core, most);
      return new Halves(
              left.getFirst().matmul(inner.up), inner.down.matmul(right.getFirst().transpose(0, 1)))
          .kept(scope);
    }
  }

  /// The product of at most this rank that is nearest to a matrix (Eckart and Young 1936; for large
  /// matrices Halko et al. 2011).
  static Halves nearest(Tensor matrix, long most) {
    try (var scope = Scope.open()) {
      long side = Math.min(matrix.size(0), matrix.size(1));
      var halves =
          side <= SMALL || most + SPARE >= side
              ? exact(matrix, Math.min(most, side))
              : met(matrix, most + SPARE).truncated(most);
      return halves.kept(scope);
    }
  }

  private static Halves exact(Tensor matrix, long rank) {
    try (var scope = Scope.open()) {
      var parts = matrix.svd();
      var values = parts.get(1).narrow(0, 0, rank);
      var roots = values.mul(values.add(TINY).rsqrt());
      return new Halves(
              parts.get(0).narrow(1, 0, rank).mul(roots.reshape(1, -1)),
              parts.get(2).narrow(0, 0, rank).mul(roots.reshape(-1, 1)))
          .kept(scope);
    }
  }

  /// The matrix as far as it acts on a random space, turned towards where it acts most.
  private static Halves met(Tensor matrix, long rank) {
    try (var scope = Scope.open()) {
      var transposed = matrix.transpose(0, 1);
      var space = matrix.matmul(random(matrix.size(1), rank).to(matrix.device())).qr().getFirst();
      for (int round = 0; round < ROUNDS; round++) {
        var back = transposed.matmul(space).qr().getFirst();
        space = matrix.matmul(back).qr().getFirst();
      }
      return new Halves(space, space.transpose(0, 1).matmul(matrix)).kept(scope);
    }
  }

  /// Always the same, so that a file can be made again.
  private static Tensor random(long rows, long columns) {
    var random = new Random(0);
    var values = new float[Math.toIntExact(rows * columns)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, rows, columns);
  }

  /// Without the part of the rank that does nothing to these rows: a layer put together of others
  /// has a share for each.
  Halves trimmed() {
    float[] squares = up.mul(up).mean(0).toFloats();
    var kept = new ArrayList<Long>();
    for (int i = 0; i < squares.length; i++) {
      if (squares[i] != 0) {
        kept.add((long) i);
      }
    }
    if (kept.isEmpty() || kept.size() == squares.length) {
      return this;
    }
    var indices = Tensor.of(kept.stream().mapToLong(Long::longValue).toArray(), kept.size());
    var ups = up.transpose(0, 1).contiguous().rows(indices).transpose(0, 1);
    return new Halves(ups, down.contiguous().rows(indices));
  }

  boolean doesNothing() {
    return up.mul(up).reshape(1, -1).mean(1).toFloats()[0] == 0;
  }
}
