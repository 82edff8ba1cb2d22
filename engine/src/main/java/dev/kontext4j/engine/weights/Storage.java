package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.quant.BlockType;
import dev.kontext4j.engine.residency.Group;
import dev.kontext4j.engine.residency.GroupSize;
import java.util.stream.LongStream;

/// How a file stores its matrices, for sizes that are told without one. Vectors are small, and in
/// 32 bits in packed files.
///
/// @param elements so many of them
/// @param bytes take so many bytes
/// @param packed whether they are expanded at each use
public record Storage(int elements, int bytes, boolean packed) {
  private static final long VECTORS = 4;

  public static final Storage BF16 = new Storage(1, 2, false);
  public static final Storage FP8 = new Storage(1, 1, true);

  public static Storage of(BlockType blocks) {
    return new Storage(blocks.elements(), blocks.bytes(), true);
  }

  /// What a parameter takes.
  GroupSize size(Group group, long[] shape, DType dtype) {
    long count = LongStream.of(shape).reduce(1, Math::multiplyExact);
    long numbers = count * dtype.bytes();
    if (packed && shape.length > 1) {
      long stored = Math.ceilDiv(count, elements) * bytes;
      return new GroupSize(group, stored, stored, 0);
    }
    long stored = packed ? count * VECTORS : count * bytes;
    boolean asStored = !packed && dtype.bytes() == bytes;
    return new GroupSize(group, stored, numbers, asStored ? 0 : numbers);
  }
}
