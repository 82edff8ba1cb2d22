package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A parameter read from a checkpoint at its first use and kept in the model's store from then on.
/// Where neither type nor place nor order nor an overlay changes it, its tensor is the mapped file
/// itself. What is packed in the file is expanded once.
final class StoredParameter implements Parameter {
  private final StoredWeight weight;
  private final DType dtype;
  private final Scope store;
  private final Change change;
  private @Nullable Tensor value;

  StoredParameter(StoredWeight weight, DType dtype, Scope store, Change change) {
    this.weight = weight;
    this.dtype = dtype;
    this.store = store;
    this.change = change;
  }

  /// What is to be done to the weight before it is rounded to the type of the computation; asked
  /// for whenever the weight is read.
  @FunctionalInterface
  interface Change {
    Optional<Changed> now();
  }

  /// What an overlay does to the weight of that name.
  record Changed(Overlay overlay, String name) {
    Tensor of(Overlay.Original weight, DType dtype) {
      return overlay.apply(name, weight, dtype);
    }
  }

  StoredWeight weight() {
    return weight;
  }

  DType dtype() {
    return dtype;
  }

  Scope store() {
    return store;
  }

  @Override
  public Tensor value() {
    if (value == null) {
      var changed = change.now();
      try (var _ = Scope.open()) {
        value =
            store.adopt(changed.isPresent() ? changed.get().of(weight, dtype) : weight.as(dtype));
      }
      if (changed.isPresent() || !weight.isMapped(dtype)) {
        weight.release(); // there is a copy now
      }
    }
    return value;
  }

  @Override
  public void release() {
    if (value != null) {
      store.drop(value);
      value = null;
      weight.release();
    }
  }
}
