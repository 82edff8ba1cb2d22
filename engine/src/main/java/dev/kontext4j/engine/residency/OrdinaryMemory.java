package dev.kontext4j.engine.residency;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.MemoryLease;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.internal.torch.NativeMemory;
import java.nio.ByteBuffer;

/// The CPU's: the computation reads what the reader wrote. Operations have ended when they return,
/// so there is nothing to wait for.
final class OrdinaryMemory implements RingMemory {
  private final Scope store = Scope.store();
  private final long address;

  OrdinaryMemory(long bytes) {
    try (var _ = Scope.open()) {
      address = store.adopt(Tensor.empty(new long[] {bytes}, DType.U8, Device.CPU)).dataAddress();
    }
  }

  @Override
  public ByteBuffer at(long offset, int length) {
    return NativeMemory.buffer(address + offset, length);
  }

  @Override
  public void beginWriting() {
    // what the computation has left, it has finished with
  }

  @Override
  public void written(long offset, int length) {
    // it is there
  }

  @Override
  public void awaitArrival() {
    // it has arrived
  }

  @Override
  public void left() {
    // nothing is on its way
  }

  @Override
  public Tensor tensor(long offset, DType dtype, long[] shape, MemoryLease lease) {
    return Tensor.borrowing(address + offset, dtype, shape, Device.CPU, lease);
  }

  @Override
  public void close() {
    store.close();
  }
}
