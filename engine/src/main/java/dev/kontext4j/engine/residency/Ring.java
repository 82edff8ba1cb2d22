package dev.kontext4j.engine.residency;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.MemoryLease;
import dev.kontext4j.engine.ReadAheadException;
import dev.kontext4j.engine.Tensor;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Memory of a fixed size through which cargos pass, one after the other. A thread of its own fills
/// it ahead of the computation, in the order in which cargos will be wanted; one that is wanted out
/// of order comes all the same, only later.
///
/// A slot is the reader's until it is filled, then the computation's until it is given back and the
/// last tensor over it is freed, then the reader's again. All of this is decided under the ring's
/// lock, which is also what makes the one see what the other has written.
public final class Ring implements AutoCloseable {
  /// How often whoever waits for the reader looks whether there still is one.
  private static final long WATCH_MS = 500;

  /// How long the end of the reader is waited for. If it hangs in a read, its memory stays.
  private static final long FAREWELL_MS = 10_000;

  private final List<Cargo> cargos;
  private final int loop;
  private final long bytes;
  private final Device device;
  private final Reading reading;
  private final SlotQueue slots;
  private int next;
  private int leases;
  private boolean closed;
  private @Nullable Slot taken;
  private @Nullable Throwable failure;
  private @Nullable RingMemory memory;
  private @Nullable RingReader reader;

  /// Nothing is read before the first cargo is taken.
  ///
  /// @param cargos in the order in which they will be wanted
  /// @param loop behind the last one, the cargo of this number follows again; none if there is none
  public Ring(List<Cargo> cargos, int loop, long bytes, Device device, Reading reading) {
    this.cargos = List.copyOf(cargos);
    this.loop = loop;
    this.bytes = bytes;
    this.device = device;
    this.reading = reading;
    this.slots = new SlotQueue(bytes);
  }

  // ---- for the computation ----

  /// The slot with a cargo, as soon as it is filled. Only one slot is taken at a time.
  ///
  /// @throws CheckpointException if it could not be read
  /// @throws ReadAheadException if the reader has ended
  public synchronized Slot take(int number) {
    if (taken != null) {
      throw new IllegalStateException(taken.cargo().name() + " was not given back");
    }
    start();
    slots.skipTo(number);
    if (slots.live(number).isEmpty()) {
      next = number;
    }
    notifyAll();
    taken = awaitFilled(number);
    return taken;
  }

  /// Nobody will ask for tensors of a slot any more; those that live may still be used.
  public synchronized void giveBack(Slot slot) {
    if (taken != slot) {
      throw new IllegalStateException(slot.cargo().name() + " is not taken");
    }
    taken = null;
    slot.giveBack();
    leaveIfLeft(slot);
  }

  private Slot awaitFilled(int number) {
    while (true) {
      requireOpen();
      if (failure != null) {
        throw failed(failure);
      }
      var slot = slots.live(number);
      if (slot.isPresent() && slot.get().isFilled()) {
        return slot.get();
      }
      requireRoomToCome(number);
      requireReader();
      try {
        wait(WATCH_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ReadAheadException("Interrupted while waiting for weights; run it again", e);
      }
    }
  }

  /// Tensors that outlive their block would be waited for in vain: it is their owner who waits.
  private void requireRoomToCome(int number) {
    slots.sweep();
    if (slots.live(number).isEmpty() && slots.place(cargos.get(number).bytes()).isEmpty()) {
      slots
          .keptByTensors()
          .ifPresent(slot -> {
            throw new IllegalStateException(
                "a tensor of %s is still in use, so there is no room for %s: free it before, or copy it"
                    .formatted(slot.cargo().name(), cargos.get(number).name()));
          });
    }
  }

  private void requireReader() {
    if (failure == null && (reader == null || !reader.isAlive())) {
      failure = new IllegalStateException("the reader is gone");
      throw failed(failure);
    }
  }

  private static RuntimeException failed(Throwable failure) {
    return failure instanceof CheckpointException
        ? new CheckpointException(String.valueOf(failure.getMessage()), failure)
        : new ReadAheadException(
            "Reading weights ahead of the computation has ended (%s); run it again"
                .formatted(failure),
            failure);
  }

  private void start() {
    requireOpen();
    if (reader == null) {
      memory = RingMemory.of(device, bytes);
      reader = RingReader.start(this, memory, reading);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the ring is closed");
    }
  }

  // ---- for the reader ----

  /// The next slot to be filled, as soon as there is room for it; nothing if the ring is closed.
  synchronized Optional<Slot> awaitWork() throws InterruptedException {
    while (!closed) {
      slots.sweep();
      if (next < cargos.size() && slots.live(next).isEmpty()) {
        var cargo = cargos.get(next);
        var place = slots.place(cargo.bytes());
        if (place.isPresent()) {
          var slot = new Slot(this, next, cargo, place.getAsLong());
          slots.add(slot);
          next = next + 1 < cargos.size() ? next + 1 : loop;
          return Optional.of(slot);
        }
      }
      wait();
    }
    return Optional.empty();
  }

  synchronized void filled(Slot slot) {
    slot.setFilled();
    notifyAll();
  }

  synchronized void fail(Throwable cause) {
    failure = cause;
    notifyAll();
  }

  // ---- tensors over its memory ----

  Tensor tensor(Slot slot, long offset, DType dtype, long[] shape) {
    try (var lease = firstLease(slot)) {
      return memory().tensor(slot.begin() + offset, dtype, shape, lease);
    }
  }

  private synchronized MemoryLease firstLease(Slot slot) {
    if (slot.isGivenBack()) {
      throw new IllegalStateException(
          "the weights of " + slot.cargo().name() + " have left: ask the parameter again");
    }
    return lease(slot);
  }

  private synchronized RingMemory memory() {
    return Objects.requireNonNull(memory); // a slot was taken, and a lease keeps it
  }

  synchronized MemoryLease lease(Slot slot) {
    slot.addLease();
    leases++;
    return new SlotLease(this, slot);
  }

  synchronized void release(Slot slot) {
    slot.removeLease();
    leases--;
    leaveIfLeft(slot);
    freeIfUnused();
  }

  private void leaveIfLeft(Slot slot) {
    if (slot.isLeft() && memory != null) {
      memory.left();
      notifyAll();
    }
  }

  /// How much of its memory is in use.
  public synchronized long bytesInUse() {
    return slots.bytes();
  }

  /// Ends the reader. The memory is freed with the last tensor over it.
  @Override
  public void close() {
    RingReader ending;
    synchronized (this) {
      closed = true;
      slots.skipTo(cargos.size()); // all of them
      taken = null;
      ending = reader;
      notifyAll();
    }
    if (ending != null) {
      try {
        ending.join(FAREWELL_MS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
    freeIfUnused();
  }

  private synchronized void freeIfUnused() {
    if (closed && leases == 0 && memory != null && (reader == null || !reader.isAlive())) {
      memory.close();
      memory = null;
    }
  }
}
