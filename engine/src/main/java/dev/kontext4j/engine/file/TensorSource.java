package dev.kontext4j.engine.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/// Where the bytes of a tensor come from when its turn to be written has come; so that nothing is
/// held before or longer than needed.
@FunctionalInterface
public interface TensorSource {
  /// Hands all bytes of the tensor over, in as many pieces as the source likes.
  void writeTo(Sink sink) throws IOException;

  /// Takes bytes; the segment may be reused as soon as the call returns.
  @FunctionalInterface
  interface Sink {
    void write(MemorySegment bytes) throws IOException;

    default void write(byte[] bytes) throws IOException {
      write(MemorySegment.ofArray(bytes));
    }

    /// As f32 elements.
    default void write(float[] values) throws IOException {
      write(MemorySegment.ofArray(values));
    }
  }
}
