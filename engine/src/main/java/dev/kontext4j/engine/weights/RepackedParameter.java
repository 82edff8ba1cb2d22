package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.quant.BlockType;
import dev.kontext4j.engine.quant.Q8Encoder;
import org.jspecify.annotations.Nullable;

/// A packed weight that an overlay changes: packed again in blocks of 8 bits where the overlay
/// wants that and the weight is a matrix whose rows fill blocks, else in the type of the
/// computation.
///
/// Whatever the file packs it in, 8 bits are precise enough for the change not to drown, and a card
/// that has no room for a LoRA's layers in bf16 has room for these.
final class RepackedParameter implements Parameter {
  /// How many elements are expanded at once.
  private static final long PART = 1 << 22;

  private final StoredParameter wide;
  private final StoredParameter.Change change;
  private @Nullable Tensor blocks; // (rows, bytes of a row), U8

  /// @param wide the weight as it is otherwise
  RepackedParameter(StoredParameter wide, StoredParameter.Change change) {
    this.wide = wide;
    this.change = change;
  }

  @Override
  public Tensor value() {
    return isPacked() ? expanded(0, wide.weight().shape()[0]) : wide.value();
  }

  @Override
  public Tensor rows(long start, long count) {
    return isPacked() ? expanded(start, count) : wide.rows(start, count);
  }

  @Override
  public void release() {
    wide.release();
    if (blocks != null) {
      wide.store().drop(blocks);
      blocks = null;
    }
  }

  private boolean isPacked() {
    long[] shape = wide.weight().shape();
    return change.now().stream().anyMatch(changed -> changed.overlay().packsAgain())
        && shape.length == 2
        && Q8Encoder.takes(shape[1]);
  }

  private Tensor expanded(long start, long count) {
    var packed = blocks();
    long columns = wide.weight().shape()[1];
    return Tensor.inParts(
        new long[] {count, columns},
        wide.dtype(),
        packed.device(),
        Math.max(1, PART / columns),
        (from, length) ->
            BlockType.Q8_0
                .decode(packed.narrow(0, start + from, length).reshape(-1, BlockType.Q8_0.bytes()))
                .reshape(length, columns));
  }

  private Tensor blocks() {
    if (blocks == null) {
      try (var _ = Scope.open()) {
        var changed = change.now().orElseThrow().of(wide.weight(), DType.F32);
        blocks = wide.store().adopt(Q8Encoder.encode(changed));
      }
      wide.weight().release(); // there is a copy now
    }
    return blocks;
  }
}
