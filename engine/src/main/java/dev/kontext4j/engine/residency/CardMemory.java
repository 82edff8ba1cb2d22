package dev.kontext4j.engine.residency;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.MemoryLease;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.internal.torch.CopyStream;
import dev.kontext4j.engine.internal.torch.NativeMemory;
import java.nio.ByteBuffer;

/// A card's: the reader writes into pinned memory, and each part goes at once to the same place of
/// as much memory on the card, while others are still being read. The computation's orders may be
/// far behind those that give them, so the copies wait for an event behind the last of them.
final class CardMemory implements RingMemory {
  private final Device device;
  private final Scope store = Scope.store();
  private final CopyStream copies;
  private final long address;

  CardMemory(Device device, long bytes) {
    this.device = device;
    try (var _ = Scope.open()) {
      address = store.adopt(Tensor.empty(new long[] {bytes}, DType.U8, device)).dataAddress();
    }
    copies = CopyStream.open(device.index(), bytes);
    copies.markComputation(); // the card's memory may have served something else until now
  }

  @Override
  public ByteBuffer at(long offset, int length) {
    return NativeMemory.buffer(copies.pinned() + offset, length);
  }

  @Override
  public void beginWriting() {
    copies.awaitComputation();
  }

  @Override
  public void written(long offset, int length) {
    copies.copy(copies.pinned() + offset, address + offset, length);
  }

  @Override
  public void awaitArrival() {
    copies.awaitCopies();
  }

  @Override
  public void left() {
    copies.markComputation();
  }

  @Override
  public Tensor tensor(long offset, DType dtype, long[] shape, MemoryLease lease) {
    return Tensor.borrowing(address + offset, dtype, shape, device, lease);
  }

  @Override
  public void close() {
    copies.close();
    store.close();
  }
}
