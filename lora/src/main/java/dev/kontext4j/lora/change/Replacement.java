package dev.kontext4j.lora.change;

import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.util.OptionalLong;

/// Another weight instead of the model's; at a strength other than 1 a point on the line through
/// both.
record Replacement(Factor weight) implements Change {
  @Override
  public Tensor delta(Tensor base, double strength) {
    return Scope.tidy(
        () -> weight.vector(base.device()).reshape(base.shape()).sub(base).mul(strength));
  }

  @Override
  public boolean standsAlone() {
    return false;
  }

  @Override
  public double norm() {
    try (var _ = Scope.open()) {
      return Change.norm(weight.vector(Device.CPU));
    }
  }

  @Override
  public long rows() {
    return weight.rows();
  }

  @Override
  public long columns() {
    return weight.rank() < 2 ? 0 : weight.columns();
  }

  @Override
  public OptionalLong rank() {
    return OptionalLong.empty();
  }

  @Override
  public String kind() {
    return "replacement";
  }
}
