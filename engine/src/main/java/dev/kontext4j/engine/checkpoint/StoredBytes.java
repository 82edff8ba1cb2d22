package dev.kontext4j.engine.checkpoint;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.file.TensorEntry;
import java.nio.file.Path;

/// The stored tensors of a model as tensors, wherever their bytes are taken from: files that are
/// mapped into memory ([Checkpoint]), files that are read ([ReadBytes]), or memory into which
/// somebody has read them before they were asked for.
public interface StoredBytes {
  /// The files, for messages.
  Path path();

  /// What the header says of a tensor.
  TensorEntry entry(String name);

  /// All bytes of a tensor as elements of some type, on the CPU or where they were brought, in the
  /// innermost open scope.
  Tensor bytes(String name, DType dtype, long[] shape);

  /// A tensor that is not packed into blocks, in the innermost open scope.
  default Tensor tensor(String name) {
    var entry = entry(name);
    return bytes(name, entry.dtype().orElseThrow(), entry.sizes());
  }

  /// The blocks of a tensor that is packed into them, in the innermost open scope: (n, bytes of a
  /// block), U8.
  default Tensor blocks(String name) {
    int size = entry(name).blocks().orElseThrow().bytes();
    return bytes(name, DType.U8, new long[] {entry(name).byteCount() / size, size});
  }

  /// Some rows of a tensor, in the innermost open scope.
  default Tensor rows(String name, long first, long count) {
    return tensor(name).narrow(0, first, count);
  }

  /// Whether some rows can be had without taking up all others.
  boolean hasRows(String name);

  /// Says that the bytes of a tensor will not be needed for a while.
  void release(String name);
}
