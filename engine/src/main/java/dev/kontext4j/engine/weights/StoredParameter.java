package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A parameter read from a checkpoint at its first use and kept in the model's store from then on.
/// Where neither type nor place nor order nor an overlay changes it, its tensor is the mapped file
/// itself. What is packed in the file is expanded once.
final class StoredParameter implements Parameter {
  private final StoredTensors tensors;
  private final Layout.StoredAs stored;
  private final long[] shape;
  private final DType dtype;
  private final Scope store;
  private final Change change;
  private @Nullable Tensor value;

  StoredParameter(
      StoredTensors tensors,
      Layout.StoredAs stored,
      long[] shape,
      DType dtype,
      Scope store,
      Change change) {
    this.tensors = tensors;
    this.stored = stored;
    this.shape = shape.clone();
    this.dtype = dtype;
    this.store = store;
    this.change = change;
  }

  /// What is to be done to the weight in f32, before it is rounded to the type of the computation;
  /// asked for whenever the weight is read.
  @FunctionalInterface
  interface Change {
    Optional<UnaryOperator<Tensor>> now();
  }

  @Override
  public Tensor value() {
    if (value == null) {
      try (var _ = Scope.open()) {
        value = store.adopt(read());
      }
      if (!isMapped()) {
        tensors.release(stored.names()); // there is a copy now
      }
    }
    return value;
  }

  @Override
  public void release() {
    if (value != null) {
      store.drop(value);
      value = null;
      tensors.release(stored.names());
    }
  }

  /// Whether the tensor is the file itself.
  private boolean isMapped() {
    return stored.names().size() == 1
        && !stored.swapHalves()
        && change.now().isEmpty()
        && tensors.isMapped(stored.names().getFirst(), dtype);
  }

  private Tensor read() {
    var changed = change.now();
    return changed.isEmpty() ? arranged(dtype) : changed.get().apply(arranged(DType.F32)).to(dtype);
  }

  private Tensor arranged(DType type) {
    var rows = stored.names().stream().map(name -> tensors.read(name, type)).toList();
    var whole = rows.size() == 1 ? rows.getFirst() : Tensor.cat(rows, 0);
    var shaped = whole.reshape(shape);
    return stored.swapHalves() ? Tensor.cat(shaped.chunk(2, 0).reversed(), 0) : shaped;
  }
}
