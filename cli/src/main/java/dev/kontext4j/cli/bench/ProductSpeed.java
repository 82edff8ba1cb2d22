package dev.kontext4j.cli.bench;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.util.Random;

/// How fast a device multiplies large square matrices: what a network at its best could reach.
public final class ProductSpeed {
  private static final int SMALLEST = 512;
  private static final int LARGEST = 8192;
  private static final double ENOUGH = 0.02; // seconds of one product
  private static final int ROUNDS = 12;

  private final DType dtype;
  private final Device device;

  public ProductSpeed(DType dtype, Device device) {
    this.dtype = dtype;
    this.device = device;
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

  private static double seconds(Tensor a, Tensor b) {
    try (var _ = Scope.open()) {
      long start = System.nanoTime();
      a.linear(b, null).narrow(0, 0, 1).narrow(1, 0, 1).toFloats(); // a card is waited for
      return (System.nanoTime() - start) / 1e9;
    }
  }

  /// Products of random numbers: a card full of zeros would be faster than it is.
  private Tensor matrix(int side) {
    var random = new Random(side);
    return Tensor.of(numbers(random, side), side, 1)
        .mul(Tensor.of(numbers(random, side), 1, side))
        .to(dtype)
        .to(device);
  }

  private static float[] numbers(Random random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }
}
