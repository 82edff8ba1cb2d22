package dev.kontext4j.engine.checkpoint;

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

  /// A tensor, in the innermost open scope.
  Tensor tensor(String name);

  /// The blocks of a tensor that is packed into them, in the innermost open scope: (n, bytes of a
  /// block), U8.
  Tensor blocks(String name);

  /// Some rows of a tensor, in the innermost open scope.
  Tensor rows(String name, long first, long count);

  /// Whether some rows can be had without taking up all others.
  boolean hasRows(String name);

  /// Says that the bytes of a tensor will not be needed for a while.
  void release(String name);
}
