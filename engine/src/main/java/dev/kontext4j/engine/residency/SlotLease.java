package dev.kontext4j.engine.residency;

import dev.kontext4j.engine.MemoryLease;
import java.util.concurrent.atomic.AtomicBoolean;

/// Keeps a slot's memory from being written to.
final class SlotLease implements MemoryLease {
  private final Ring ring;
  private final Slot slot;
  private final AtomicBoolean closed = new AtomicBoolean();

  /// Takes over one count of the slot's leases.
  SlotLease(Ring ring, Slot slot) {
    this.ring = ring;
    this.slot = slot;
  }

  @Override
  public MemoryLease share() {
    return ring.lease(slot);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      ring.release(slot);
    }
  }
}
