package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.checkpoint.StoredBytes;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// A stored tensor that stays packed in memory (on the CPU: where it was stored) and is expanded
/// when it is used, a part at a time, so that the way there takes little memory.
final class PackedTensor {
  /// How many elements are expanded at once.
  private static final long PART = 1 << 22;

  private final StoredBytes source;
  private final String name;
  private final Packing packing;
  private final Device device;
  private final Scope store;
  private final long rows;
  private final long columns;
  private @Nullable Tensor bytes;

  PackedTensor(StoredBytes source, String name, Packing packing, Device device, Scope store) {
    this.source = source;
    this.name = name;
    this.packing = packing;
    this.device = device;
    this.store = store;
    long[] shape = packing.shape(source, name);
    long elements = LongStream.of(shape).reduce(1, (a, b) -> a * b);
    long outer = shape.length == 0 ? 1 : shape[0];
    boolean inRows = outer > 0 && elements / outer % packing.together() == 0;
    rows = inRows ? outer : 1;
    columns = elements / rows;
  }

  /// As one row, if what is packed together does not keep to rows.
  long rows() {
    return rows;
  }

  /// Some rows: (count, elements of a row), in the innermost open scope.
  Tensor expanded(long start, long count, DType dtype) {
    long[] shape = {count, columns};
    long part = Math.max(1, PART / Math.max(1, columns));
    return Tensor.inParts(
        shape,
        dtype,
        device,
        part,
        (from, length) -> packing.numbers(bytes().narrow(0, start + from, length), start + from));
  }

  /// The rows that indices name, for tables of which few are needed: (n, elements of a row).
  Tensor expandedRows(Tensor indices, DType dtype) {
    return packing.rowsAreAlike()
        ? packing.numbers(bytes().rows(indices.to(device)), 0).to(dtype)
        : expanded(0, rows, dtype).rows(indices.to(device));
  }

  /// Lets go of what is held. It comes back from the file when it is used again.
  void release() {
    if (bytes != null) {
      store.drop(bytes);
      bytes = null;
      source.release(name);
    }
  }

  private Tensor bytes() {
    if (bytes == null) {
      try (var _ = Scope.open()) {
        bytes = store.adopt(packing.bytes(source, name, rows).to(device));
      }
      if (packing.isCopied() || !device.isCpu()) {
        source.release(name); // there is a copy now
      }
    }
    return bytes;
  }
}
