package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.checkpoint.StoredBytes;
import dev.kontext4j.engine.quant.BlockType;
import java.util.Optional;
import java.util.Set;

/// How a stored tensor is packed into fewer bits than the network computes with.
sealed interface Packing permits Packing.InBlocks, Packing.Scaled, NvFp4Packing {
  /// The shape that the tensor has in the model.
  long[] shape(StoredBytes source, String name);

  /// The bytes as they stay in memory, row by row: (rows, bytes of a row), U8, on the CPU.
  ///
  /// @param rows of the model's shape
  Tensor bytes(StoredBytes source, String name, long rows);

  /// Rows of bytes to rows of numbers: (n, bytes of a row) to (n, elements of a row), f32.
  ///
  /// @param first which of the tensor's rows is the first of these
  Tensor numbers(Tensor bytes, long first);

  /// How many neighbours in a row are packed together.
  default int together() {
    return 1;
  }

  /// Whether the bytes in memory are not those of the file, but made of them.
  default boolean isCopied() {
    return false;
  }

  /// Whether it does not matter which rows they are that become numbers.
  default boolean rowsAreAlike() {
    return true;
  }

  /// Other stored tensors that belong to this one.
  default Set<String> companions() {
    return Set.of();
  }

  /// Those of them that [#bytes] is made of, too.
  default Set<String> sources() {
    return Set.of();
  }

  /// Blocks of a GGUF file.
  record InBlocks(BlockType type) implements Packing {
    @Override
    public long[] shape(StoredBytes source, String name) {
      return source.entry(name).sizes();
    }

    @Override
    public Tensor bytes(StoredBytes source, String name, long rows) {
      return source.blocks(name).reshape(rows, -1);
    }

    @Override
    public Tensor numbers(Tensor bytes, long first) {
      return type.decode(bytes.reshape(-1, type.bytes())).reshape(bytes.size(0), -1);
    }

    @Override
    public int together() {
      return type.elements();
    }
  }

  /// A byte or two for each element, multiplied by a scale if there is one.
  ///
  /// @param stored the element type in the file
  record Scaled(DType stored, Optional<Scale> scale, Set<String> companions) implements Packing {
    public Scaled {
      companions = Set.copyOf(companions);
    }

    @Override
    public long[] shape(StoredBytes source, String name) {
      return source.entry(name).sizes();
    }

    @Override
    public Tensor bytes(StoredBytes source, String name, long rows) {
      return source.tensor(name).reshape(rows, -1).bytesAs(DType.U8);
    }

    @Override
    public Tensor numbers(Tensor bytes, long first) {
      var numbers = bytes.bytesAs(stored).to(DType.F32);
      return scale.map(factor -> numbers.mul(factor.of(first, bytes))).orElse(numbers);
    }

    @Override
    public boolean rowsAreAlike() {
      return scale.stream().allMatch(Scale::isOneForAll);
    }
  }
}
