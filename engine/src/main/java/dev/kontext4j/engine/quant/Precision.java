package dev.kontext4j.engine.quant;

import dev.kontext4j.engine.ComputeCapability;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.DeviceException;
import dev.kontext4j.engine.internal.torch.CudaRuntime;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// In what numbers those linear layers that bear it are multiplied.
public enum Precision {
  /// In the type of the computation.
  EXACT(null, 1, 0),

  /// In whole numbers of 8 bits, summed exactly. Sizes are multiples of 8, as cuBLAS wants them.
  INT8(DType.I8, 8, 75),

  /// In floating-point numbers of 8 bits (4 for the exponent, 3 for the fraction), summed in f32.
  /// Sizes are multiples of 16, as cuBLAS wants them.
  FP8(DType.F8_E4M3, 16, 89);

  private final @Nullable DType numbers;
  private final int multiple;
  private final int leastCapability;

  Precision(@Nullable DType numbers, int multiple, int leastCapability) {
    this.numbers = numbers;
    this.multiple = multiple;
    this.leastCapability = leastCapability;
  }

  /// The 8-bit numbers, if it is those that are multiplied.
  public Optional<DType> numbers() {
    return Optional.ofNullable(numbers);
  }

  /// The 8-bit numbers that take the place of a matrix of this shape. It is the same on every
  /// device, so that a picture does not hang on which one it was.
  public Optional<DType> numbersFor(long rows, long columns) {
    return numbers().filter(_ -> rows % multiple == 0 && columns % multiple == 0);
  }

  /// Fails, naming what can be used instead, unless a device multiplies these numbers. libtorch's
  /// CPU kernels do on every processor.
  public void requireOn(Device device) {
    if (this == EXACT || device.isCpu()) {
      return;
    }
    var cards = CudaRuntime.loaded();
    var capability = cards.capability(device.index());
    if (!runsOn(capability)) {
      throw new DeviceException(refusal(device, cards.name(device.index()), capability));
    }
  }

  /// Whether a card multiplies these numbers.
  public boolean runsOn(ComputeCapability card) {
    return card.compareTo(least()) >= 0;
  }

  private ComputeCapability least() {
    return ComputeCapability.of(leastCapability);
  }

  String refusal(Device device, String name, ComputeCapability card) {
    String instead = INT8.runsOn(card) ? "--precision int8 or exact" : "--precision exact";
    return "%s (%s) has compute capability %s, and products in %s need %s; use %s"
        .formatted(device, name, card, name().toLowerCase(Locale.ROOT), least(), instead);
  }
}
