package dev.kontext4j.engine.nn;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.ShapeException;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.weights.Parameter;
import dev.kontext4j.engine.weights.Weights;
import java.util.Arrays;
import java.util.List;

/// A table (entries, width) from which indices take rows.
public record Embedding(Parameter weight, long entries, long width) {

  public static Embedding load(Weights weights, long entries, long width) {
    return new Embedding(weights.parameter("weight", entries, width), entries, width);
  }

  /// Indices (...) to rows (..., width).
  public Tensor forward(Tensor indices) {
    long[] shape = Arrays.copyOf(indices.shape(), indices.rank() + 1);
    shape[indices.rank()] = width;
    return Scope.tidy(() -> weight.rowsAt(indices.reshape(-1)).reshape(shape));
  }

  /// `B` lists of `L` indices each to rows (B, L, width).
  public Tensor forward(List<long[]> indices) {
    int length = indices.getFirst().length;
    if (indices.stream().anyMatch(row -> row.length != length)) {
      throw new ShapeException("lists of indices must be of one length");
    }
    long[] flat = indices.stream().flatMapToLong(Arrays::stream).toArray();
    requireWithin(flat, entries);
    return Scope.tidy(() -> forward(Tensor.of(flat, indices.size(), length)));
  }

  /// Asked here because a CUDA device does not survive an index beyond the table.
  private static void requireWithin(long[] indices, long entries) {
    for (long index : indices) {
      if (index < 0 || index >= entries) {
        throw new ShapeException("index " + index + " is not in a table of " + entries + " rows");
      }
    }
  }
}
