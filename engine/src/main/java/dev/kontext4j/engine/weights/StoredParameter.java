package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.safetensors.Checkpoint;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A parameter read from a checkpoint at its first use and kept in the model's store from then on.
/// Where neither type nor place nor order nor an overlay changes it, its tensor is the mapped file
/// itself.
final class StoredParameter implements Parameter {
  private final Checkpoint checkpoint;
  private final Layout.StoredAs stored;
  private final DType dtype;
  private final Device device;
  private final Scope store;
  private final Change change;
  private @Nullable Tensor value;

  StoredParameter(
      Checkpoint checkpoint,
      Layout.StoredAs stored,
      DType dtype,
      Device device,
      Scope store,
      Change change) {
    this.checkpoint = checkpoint;
    this.stored = stored;
    this.dtype = dtype;
    this.device = device;
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
        releasePages(); // there is a copy now
      }
    }
    return value;
  }

  @Override
  public void release() {
    if (value != null) {
      store.drop(value);
      value = null;
      releasePages();
    }
  }

  private void releasePages() {
    stored.names().forEach(checkpoint::release);
  }

  /// Whether the tensor is the file itself.
  private boolean isMapped() {
    return device.isCpu()
        && stored.names().size() == 1
        && !stored.swapHalves()
        && change.now().isEmpty()
        && checkpoint.entry(stored.names().getFirst()).dtype().equals(Optional.of(dtype));
  }

  private Tensor read() {
    var changed = change.now();
    return changed.isEmpty()
        ? arranged(name -> checkpoint.tensor(name).to(dtype).to(device))
        : changed
            .get()
            .apply(arranged(name -> checkpoint.tensor(name).to(device).to(DType.F32)))
            .to(dtype);
  }

  private Tensor arranged(Function<String, Tensor> reader) {
    var rows = stored.names().stream().map(reader).toList();
    var whole = rows.size() == 1 ? rows.getFirst() : Tensor.cat(rows, 0);
    return stored.swapHalves() ? Tensor.cat(whole.chunk(2, 0).reversed(), 0) : whole;
  }
}
