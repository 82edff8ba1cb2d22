package dev.kontext4j.engine.residency;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.file.TensorEntry;

/// A stretch of a ring's memory that holds one cargo. Its fields are guarded by the ring.
public final class Slot {
  private final Ring ring;
  private final int number;
  private final Cargo cargo;
  private final long begin;
  private boolean filled;
  private volatile boolean givenBack; // the reader looks at it without the ring's lock
  private int leases;

  Slot(Ring ring, int number, Cargo cargo, long begin) {
    this.ring = ring;
    this.number = number;
    this.cargo = cargo;
    this.begin = begin;
  }

  /// A stored tensor, over this slot's memory, in the innermost open scope. As long as it or a
  /// tensor that shares its elements lives, nobody writes there, even if the slot was given back.
  ///
  /// @throws IllegalStateException if the slot was given back
  public Tensor tensor(String stored, DType dtype, long[] shape) {
    return ring.tensor(this, cargo.item(stored).offset(), dtype, shape);
  }

  /// What the header says of a stored tensor in here.
  public TensorEntry entry(String stored) {
    return cargo.item(stored).entry();
  }

  /// Which of the ring's cargos it holds.
  int number() {
    return number;
  }

  Cargo cargo() {
    return cargo;
  }

  long begin() {
    return begin;
  }

  long end() {
    return begin + cargo.bytes();
  }

  boolean isFilled() {
    return filled;
  }

  void setFilled() {
    filled = true;
  }

  /// Whether nobody will take it, or take a tensor from it, any more.
  boolean isGivenBack() {
    return givenBack;
  }

  void giveBack() {
    givenBack = true;
  }

  void addLease() {
    leases++;
  }

  void removeLease() {
    leases--;
  }

  /// Whether no tensor reads from it, and none will.
  boolean isLeft() {
    return givenBack && leases == 0;
  }

  /// Whether its memory may be written to again.
  boolean isFree() {
    return isLeft() && filled; // as long as it is not, the reader writes
  }
}
