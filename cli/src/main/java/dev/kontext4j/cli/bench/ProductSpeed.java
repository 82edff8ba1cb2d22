package dev.kontext4j.cli.bench;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.quant.EightBitRows;
import java.util.Random;

/// How fast a device multiplies large square matrices: what a network at its best could reach.
public final class ProductSpeed {
  private static final int SMALLEST = 512;
  private static final int LARGEST = 8192;
  private static final double ENOUGH = 0.02; // seconds of one product
  private static final int ROUNDS = 12;

  private final Computing computing;

  public ProductSpeed(Computing computing) {
    this.computing = computing;
  }

  /// The best of some rounds, in 10^12 operations a second.
  public double measured() {
    int side = SMALLEST;
    while (side < LARGEST && seconds(side, 2) < ENOUGH) {
      side *= 2;
    }
    return 2e-12 * side * side * side / seconds(side, ROUNDS);
  }

  private double seconds(int side, int rounds) {
    try (var _ = Scope.open()) {
      var a = matrix(side);
      var b = matrix(side);
      double best = Double.MAX_VALUE;
      for (int i = 0; i < rounds; i++) {
        best = Math.min(best, seconds(a, b));
      }
      return best;
    }
  }

  private double seconds(Tensor a, Tensor b) {
    try (var _ = Scope.open()) {
      long start = System.nanoTime();
      product(a, b).narrow(0, 0, 1).narrow(1, 0, 1).toFloats(); // a card is waited for
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private Tensor product(Tensor a, Tensor b) {
    return switch (computing.precision()) {
      case EXACT -> a.linear(b, null);
      case INT8 -> a.matmulInt8(b);
      case FP8 -> float8Product(a, b);
    };
  }

  private Tensor float8Product(Tensor a, Tensor b) {
    var one = Tensor.of(new float[] {1}, 1).to(computing.device());
    return a.matmulFloat8(b, one, one, null, computing.dtype());
  }

  /// Products of random numbers: a card full of zeros would be faster than it is.
  private Tensor matrix(int side) {
    var random = new Random(side);
    var numbers =
        Tensor.of(numbers(random, side), side, 1)
            .mul(Tensor.of(numbers(random, side), 1, side))
            .to(computing.dtype())
            .to(computing.device());
    return computing
        .precision()
        .numbers()
        .map(type -> EightBitRows.of(numbers, type).numbers())
        .orElse(numbers);
  }

  private static float[] numbers(Random random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }
}
