package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.ClosedTensorException;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.checkpoint.StoredBytes;
import dev.kontext4j.engine.file.TensorEntry;
import dev.kontext4j.engine.residency.Cargo;
import dev.kontext4j.engine.residency.Slot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parameters that come and go together, and, while they are here, the stored bytes that they are
/// made of.
final class StreamedGroup implements StoredBytes {
  private final Checkpoint checkpoint;
  private final Cargo cargo;
  private final List<Parameter> parameters = new ArrayList<>();
  private @Nullable Slot slot;

  StreamedGroup(Checkpoint checkpoint, String name) {
    this.checkpoint = checkpoint;
    this.cargo = new Cargo(name);
  }

  /// Adds a parameter.
  ///
  /// @param sources the stored tensors that it is made of
  void add(Parameter parameter, List<String> sources) {
    parameters.add(parameter);
    sources.forEach(name -> cargo.add(checkpoint, name));
  }

  Cargo cargo() {
    return cargo;
  }

  void arrive(Slot arrived) {
    slot = arrived;
  }

  /// Frees what was made of the bytes. Who still has a tensor of a parameter finds it closed.
  Slot leave() {
    var left = here();
    slot = null;
    parameters.forEach(Parameter::release);
    return left;
  }

  private Slot here() {
    if (slot == null) {
      throw new ClosedTensorException(
          "the weights of " + cargo.name() + " are not here: ask the parameter for its tensor");
    }
    return slot;
  }

  @Override
  public Path path() {
    return checkpoint.path();
  }

  @Override
  public TensorEntry entry(String name) {
    return checkpoint.entry(name);
  }

  @Override
  public Tensor bytes(String name, DType dtype, long[] shape) {
    return here().tensor(name, dtype, shape);
  }

  @Override
  public boolean hasRows(String name) {
    return true;
  }

  @Override
  public void release(String name) {
    // the slot is given back as a whole
  }
}
