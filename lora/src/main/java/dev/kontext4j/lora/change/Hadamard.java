package dev.kontext4j.lora.change;

import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.util.OptionalLong;

/// LoHa: the elementwise product of two low-rank products (Hyeon-Woo et al. 2022, Yeh et al. 2023).
record Hadamard(Product w1, Product w2, double scale) implements Change {
  Hadamard {
    Misfit.unless(
        w1.rows() == w2.rows() && w1.columns() == w2.columns(),
        () -> "the products of %s and %s differ in shape".formatted(w1.a().key(), w2.a().key()));
  }

  @Override
  public Tensor delta(Tensor base, double strength) {
    return Scope.tidy(
        () -> w1.matrix(base.device()).mul(w2.matrix(base.device())).mul(scale * strength));
  }

  @Override
  public boolean standsAlone() {
    return true;
  }

  @Override
  public double norm() {
    try (var _ = Scope.open()) {
      return Math.abs(scale) * Change.norm(w1.matrix(Device.CPU).mul(w2.matrix(Device.CPU)));
    }
  }

  @Override
  public long rows() {
    return w1.rows();
  }

  @Override
  public long columns() {
    return w1.columns();
  }

  @Override
  public OptionalLong rank() {
    return OptionalLong.of(w1.b().orElse(w1.a()).rows());
  }

  @Override
  public String kind() {
    return "LoHa";
  }
}
