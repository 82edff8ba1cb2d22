package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.Tensor;

/// One weight of a layer, to be fetched when it is used and not before.
@FunctionalInterface
public interface Parameter {
  /// The tensor, in the model's element type and on its device. It is only borrowed: valid until
  /// the innermost open scope closes or a parameter of another block is asked for, and fetched
  /// again for the next use.
  Tensor value();

  /// `count` of the tensor's rows, from `start` on; borrowed as well.
  default Tensor rows(long start, long count) {
    return value().narrow(0, start, count);
  }

  /// The rows of this table (entries, width) that indices name, from whatever device: (n) to (n,
  /// width).
  default Tensor rowsAt(Tensor indices) {
    var table = value();
    return table.rows(indices.to(table.device()));
  }

  /// Says that the tensor will not be needed for a while, so that its memory can serve something
  /// else. It may still be fetched again.
  default void release() {}
}
