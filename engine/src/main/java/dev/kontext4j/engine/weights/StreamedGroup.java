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

/// Parameters that come and go together if a plan says so, and, while they are here, the stored
/// bytes that they are made of. Under another plan the same parameters stay.
final class StreamedGroup implements StoredBytes {
  private final Checkpoint checkpoint;
  private final Cargo cargo;

  /// Stands behind no number of blocks that stay, because such a group never does.
  static final int NO_BLOCK = Integer.MAX_VALUE;

  private final int number;
  private final List<Parameter> passing = new ArrayList<>();
  private final List<Parameter> staying = new ArrayList<>();
  private @Nullable Slot slot;

  /// @param number of the block that it is
  StreamedGroup(Checkpoint checkpoint, String name, int number) {
    this.checkpoint = checkpoint;
    this.cargo = new Cargo(name);
    this.number = number;
  }

  int number() {
    return number;
  }

  boolean isBlock() {
    return number != NO_BLOCK;
  }

  /// Adds a parameter.
  ///
  /// @param here made of this group's bytes
  /// @param stays the same one, made of the files
  /// @param sources the stored tensors that it is made of
  void add(Parameter here, Parameter stays, List<String> sources) {
    passing.add(here);
    staying.add(stays);
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
    passing.forEach(Parameter::release);
    return left;
  }

  /// Frees what is here although it came through no ring.
  void releaseStaying() {
    staying.forEach(Parameter::release);
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
