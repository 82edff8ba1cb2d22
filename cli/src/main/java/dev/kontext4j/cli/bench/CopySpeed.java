package dev.kontext4j.cli.bench;

import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;

/// How fast numbers come to a device from ordinary memory, by a plain copy.
public final class CopySpeed {
  private static final int NUMBERS = 16 << 20;
  private static final int BYTES_EACH = 4;
  private static final int ROUNDS = 4;

  private final Device device;

  public CopySpeed(Device device) {
    this.device = device;
  }

  /// The best of some rounds, in bytes a second.
  public double measured() {
    try (var _ = Scope.open()) {
      var numbers = Tensor.of(new float[NUMBERS], NUMBERS);
      double best = Double.MAX_VALUE;
      for (int i = 0; i < ROUNDS; i++) {
        best = Math.min(best, seconds(numbers));
      }
      return (double) NUMBERS * BYTES_EACH / best;
    }
  }

  private double seconds(Tensor numbers) {
    try (var _ = Scope.open()) {
      long start = System.nanoTime();
      var there = device.isCpu() ? numbers.mul(1) : numbers.to(device);
      there.narrow(0, 0, 1).toFloats(); // a card is waited for
      return (System.nanoTime() - start) / 1e9;
    }
  }
}
