package dev.kontext4j.lora.change;

import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.util.OptionalLong;

/// LoKr: the Kronecker product `w1 ⊗ w2 * scale`, either of which may be a product itself (Yeh et
/// al. 2023).
record Kronecker(Product w1, Product w2, double scale) implements Change {
  @Override
  public Tensor delta(Tensor base, double strength) {
    return Scope.tidy(() -> {
      var coarse = w1.matrix(base.device()).mul(scale * strength);
      var fine = w2.matrix(base.device());
      return coarse
          .reshape(w1.rows(), 1, w1.columns(), 1)
          .mul(fine.reshape(1, w2.rows(), 1, w2.columns()))
          .reshape(rows(), columns());
    });
  }

  @Override
  public boolean standsAlone() {
    return true;
  }

  @Override
  public double norm() {
    try (var _ = Scope.open()) {
      return Math.abs(scale)
          * Change.norm(w1.matrix(Device.CPU))
          * Change.norm(w2.matrix(Device.CPU));
    }
  }

  @Override
  public long rows() {
    return Math.multiplyExact(w1.rows(), w2.rows());
  }

  @Override
  public long columns() {
    return Math.multiplyExact(w1.columns(), w2.columns());
  }

  @Override
  public OptionalLong rank() {
    var inner = w2.b().isPresent() ? w2 : w1;
    return inner.b().isPresent() ? OptionalLong.of(inner.b().get().rows()) : OptionalLong.empty();
  }

  @Override
  public String kind() {
    return "LoKr";
  }
}
