package dev.kontext4j.engine.file;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.quant.BlockType;
import java.util.List;
import java.util.Optional;

/// One tensor as a file's header lists it.
///
/// @param dtypeName the format's name of the element type or of the packing into blocks, which may
///   be one the engine lacks
/// @param begin first byte, counted from the beginning of the file's data area
/// @param end one past the last byte
public record TensorEntry(String name, String dtypeName, List<Long> shape, long begin, long end) {
  public TensorEntry {
    shape = List.copyOf(shape);
  }

  /// The element type, if the engine has it.
  public Optional<DType> dtype() {
    return DType.ofSafetensorsName(dtypeName);
  }

  /// How the elements are packed into blocks, if they are and the engine can take them apart.
  public Optional<BlockType> blocks() {
    return BlockType.named(dtypeName);
  }

  public long byteCount() {
    return end - begin;
  }

  /// The shape as an array of the caller's own.
  public long[] sizes() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }
}
