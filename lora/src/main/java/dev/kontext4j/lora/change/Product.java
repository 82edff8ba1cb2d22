package dev.kontext4j.lora.change;

import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.util.Optional;

/// A matrix as LyCORIS files give it: whole, as a product `a @ b`, or in Tucker's form `aᵀ @ core @
/// b`, as it is written for what once was a convolution.
///
/// @param a the whole matrix, or (rows, rank), or in Tucker's form (rank, rows)
/// @param b (rank, columns)
record Product(Factor a, Optional<Factor> b, Optional<Factor> core) {
  Product {
    b.ifPresent(right ->
        Misfit.unless(
            (core.isPresent() ? a.rows() : a.columns()) == right.rows(),
            () -> "%s and %s do not fit each other".formatted(a.key(), right.key())));
    core.ifPresent(between ->
        Misfit.unless(
            b.isPresent() && between.rows() == a.rows() && between.columns() == b.get().rows(),
            () -> "%s does not fit %s".formatted(between.key(), a.key())));
  }

  Tensor matrix(Device device) {
    return Scope.tidy(() -> {
      var left = a.matrix(device);
      if (core.isPresent()) {
        left = left.transpose(0, 1).matmul(core.get().matrix(device));
      }
      return b.isPresent() ? left.matmul(b.get().matrix(device)) : left;
    });
  }

  long rows() {
    return core.isPresent() ? a.columns() : a.rows();
  }

  long columns() {
    return b.isPresent() ? b.get().columns() : a.columns();
  }
}
