package dev.kontext4j.lora.change;

import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.util.OptionalLong;

/// A difference that is simply added, of a weight, a norm or a bias.
record Difference(Factor difference, double scale) implements Change {
  @Override
  public Tensor delta(Tensor base, double strength) {
    return Scope.tidy(
        () -> difference.vector(base.device()).reshape(base.shape()).mul(scale * strength));
  }

  @Override
  public boolean standsAlone() {
    return true;
  }

  @Override
  public double norm() {
    try (var _ = Scope.open()) {
      return Math.abs(scale) * Change.norm(difference.vector(Device.CPU));
    }
  }

  @Override
  public long rows() {
    return difference.rows();
  }

  @Override
  public long columns() {
    return difference.rank() < 2 ? 0 : difference.columns();
  }

  @Override
  public OptionalLong rank() {
    return OptionalLong.empty();
  }

  @Override
  public String kind() {
    return "difference";
  }
}
