package dev.kontext4j.engine.residency;

import dev.kontext4j.engine.file.TensorEntry;
import dev.kontext4j.engine.file.WeightFile;
import java.nio.ByteBuffer;

/// How bytes of a stored tensor get into memory, on several threads at once.
@FunctionalInterface
public interface Reading {
  /// By plain reads.
  Reading OF_FILES = WeightFile::read;

  /// Fills the buffer with the tensor's bytes from `offset` on.
  void read(WeightFile file, TensorEntry entry, long offset, ByteBuffer into);
}
