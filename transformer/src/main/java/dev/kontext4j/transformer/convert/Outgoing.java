package dev.kontext4j.transformer.convert;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.file.TensorSource;
import dev.kontext4j.engine.weights.Parameter;
import java.io.IOException;
import java.util.List;

/// One tensor of the new file: some rows of a parameter, read a part at a time.
///
/// @param stored the element type that the old file has it in, or bf16 if it is packed there
/// @param rows which rows of the parameter it is made of, one stretch after the other
/// @param isMatrix whether it is worth packing
record Outgoing(
    String name,
    List<Long> shape,
    DType stored,
    Parameter parameter,
    List<Rows> rows,
    boolean isMatrix) {
  /// How many elements are held at once.
  private static final long PART = 1 << 22;

  record Rows(long start, long count) {}

  /// Does something with a part of the tensor, f32.
  @FunctionalInterface
  interface Part {
    void take(Tensor rows) throws IOException;
  }

  void forEachPart(Part part) throws IOException {
    long columns = shape.stream().skip(1).reduce(1L, (a, b) -> a * b);
    long most = Math.max(1, PART / Math.max(1, columns));
    for (Rows stretch : rows) {
      for (long done = 0; done < stretch.count; done += most) {
        try (var _ = Scope.open()) {
          long count = Math.min(most, stretch.count - done);
          part.take(parameter.rows(stretch.start + done, count));
        }
      }
    }
  }

  /// The elements in some type, rounded once.
  TensorSource as(DType type) {
    return sink -> {
      forEachPart(rows -> sink.write(rows.to(type).toBytes()));
      parameter.release();
    };
  }
}
