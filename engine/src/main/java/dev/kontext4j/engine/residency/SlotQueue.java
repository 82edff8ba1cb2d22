package dev.kontext4j.engine.residency;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;

/// The slots of a ring, oldest first: each stands behind the one before, the youngest may stand
/// before the oldest. Guarded by the ring.
final class SlotQueue {
  private final long capacity;
  private final Deque<Slot> slots = new ArrayDeque<>();

  SlotQueue(long capacity) {
    this.capacity = capacity;
  }

  void add(Slot slot) {
    slots.addLast(slot);
  }

  /// Where a new slot of that size can stand.
  OptionalLong place(long bytes) {
    if (slots.isEmpty()) {
      return bytes <= capacity ? OptionalLong.of(0) : OptionalLong.empty();
    }
    long begin = slots.getFirst().begin();
    long end = slots.getLast().end();
    boolean wrapped = slots.getLast().begin() < begin;
    if (end + bytes <= (wrapped ? begin : capacity)) {
      return OptionalLong.of(end);
    }
    return !wrapped && bytes <= begin ? OptionalLong.of(0) : OptionalLong.empty();
  }

  /// Forgets the oldest slots, as far as they are free.
  void sweep() {
    while (!slots.isEmpty() && slots.getFirst().isFree()) {
      slots.removeFirst();
    }
  }

  /// The slot that holds a cargo, or will hold it, for whoever takes it.
  Optional<Slot> live(int number) {
    return slots.stream()
        .filter(slot -> slot.number() == number && !slot.isGivenBack())
        .findFirst();
  }

  /// Says of all slots before the one that holds a cargo (of all, if none does) that nobody wants
  /// them.
  void skipTo(int number) {
    for (Slot slot : slots) {
      if (slot.number() == number && !slot.isGivenBack()) {
        return;
      }
      slot.giveBack();
    }
  }

  /// The oldest, if tensors are all that keeps its memory.
  Optional<Slot> keptByTensors() {
    return Optional.ofNullable(slots.peekFirst())
        .filter(slot -> slot.isFilled() && slot.isGivenBack() && !slot.isLeft());
  }

  /// The memory that they take.
  long bytes() {
    return slots.stream().mapToLong(slot -> slot.end() - slot.begin()).sum();
  }
}
