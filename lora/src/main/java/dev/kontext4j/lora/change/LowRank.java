package dev.kontext4j.lora.change;

import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/// LoRA, `up @ down * scale` (Hu et al. 2021), and LoCon, which has a third matrix between the two.
///
/// @param up (out, rank)
/// @param down (rank, in)
/// @param mid (rank, rank)
public record LowRank(Factor up, Factor down, Optional<Factor> mid, double scale)
    implements Change {
  public LowRank {
    Misfit.unless(
        up.columns() == down.rows(),
        () ->
            "%s has %d columns and %s %d rows"
                .formatted(up.key(), up.columns(), down.key(), down.rows()));
    mid.ifPresent(between ->
        Misfit.unless(
            between.rows() == up.columns() && between.columns() == down.rows(),
            () ->
                "%s does not fit between %s and %s"
                    .formatted(between.key(), up.key(), down.key())));
  }

  @Override
  public Tensor delta(Tensor base, double strength) {
    return Scope.tidy(() -> left(base.device()).matmul(right(base.device(), strength)));
  }

  /// Product and sum in one go, and the product is never made as a whole.
  @Override
  public Addition addition(Device device, Supplier<Tensor> base, double strength) {
    var left = left(device);
    var right = right(device, strength).transpose(0, 1); // (in, rank)
    return (sum, first) -> left.narrow(0, first, sum.size(0)).linear(right, sum);
  }

  /// The product's left factor: (out, rank).
  public Tensor left(Device device) {
    return Scope.tidy(() -> {
      var left = up.matrix(device);
      return mid.isPresent() ? left.matmul(mid.get().matrix(device)) : left;
    });
  }

  /// The product's right factor with all that scales it: (rank, in).
  public Tensor right(Device device, double strength) {
    return Scope.tidy(() -> down.matrix(device).mul(scale * strength));
  }

  @Override
  public boolean standsAlone() {
    return true;
  }

  @Override
  public double norm() {
    try (var _ = Scope.open()) {
      // ‖AB‖² is the trace of (AᵀA)(BBᵀ), which are small
      var left = left(Device.CPU);
      var right = right(Device.CPU, 1);
      var ofLeft = left.transpose(0, 1).matmul(left);
      var ofRight = right.matmul(right.transpose(0, 1));
      double elements = (double) (ofLeft.size(0) * ofLeft.size(1));
      double square = ofLeft.mul(ofRight).reshape(1, -1).mean(1).toFloats()[0] * elements;
      return Math.sqrt(Math.max(0, square));
    }
  }

  @Override
  public long rows() {
    return up.rows();
  }

  @Override
  public long columns() {
    return down.columns();
  }

  @Override
  public OptionalLong rank() {
    return OptionalLong.of(down.rows());
  }

  @Override
  public String kind() {
    return mid.isPresent() ? "LoCon" : "LoRA";
  }
}
