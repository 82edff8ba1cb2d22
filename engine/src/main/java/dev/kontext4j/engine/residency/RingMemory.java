package dev.kontext4j.engine.residency;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.MemoryLease;
import dev.kontext4j.engine.Tensor;
import java.nio.ByteBuffer;

/// The memory of a ring: where the reader writes, and where the computation reads. On the CPU both
/// are the same; on a card what was written must be sent there.
interface RingMemory extends AutoCloseable {

  /// Makes it; needs libtorch.
  static RingMemory of(Device device, long bytes) {
    return device.isCpu() ? new OrdinaryMemory(bytes) : new CardMemory(device, bytes);
  }

  /// The place that a part of the memory is written to. On any thread of the reader.
  ByteBuffer at(long offset, int length);

  /// The reader is about to write to what the computation has left. On the reader's own thread.
  void beginWriting();

  /// A part has been written. On any thread of the reader.
  void written(long offset, int length);

  /// Returns when all that was written is where the computation reads it. On the reader's own
  /// thread.
  void awaitArrival();

  /// The computation has been given all its orders that concern a slot, and the slot is free behind
  /// the last of them.
  void left();

  /// A tensor for the computation, in the innermost open scope.
  Tensor tensor(long offset, DType dtype, long[] shape, MemoryLease lease);

  @Override
  void close();
}
