package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import java.util.Arrays;

/// What the numbers of a packed tensor are multiplied by: one number for all, or one for each row.
final class Scale {
  private final float[] factors;

  private Scale(float[] factors) {
    this.factors = factors;
  }

  /// The scale that is stored under a name.
  ///
  /// @param rows of the tensor that it is for
  static Scale read(Checkpoint checkpoint, String name, long rows) {
    try (var _ = Scope.open()) {
      float[] factors = checkpoint.tensor(name).toFloats();
      if (factors.length != 1 && factors.length != rows) {
        throw new CheckpointException(
            "%s: the scale '%s' has %d numbers, expected 1 or %d, one for each row; get another version of the model"
                .formatted(checkpoint.path(), name, factors.length, rows));
      }
      return new Scale(factors);
    }
  }

  boolean isOneForAll() {
    return factors.length == 1;
  }

  /// The number, if it is one for all.
  float ofAll() {
    return factors[0];
  }

  /// For some rows: of a shape that multiplies them.
  ///
  /// @param first which of the tensor's rows is the first of `rows`
  Tensor of(long first, Tensor rows) {
    if (isOneForAll()) {
      return Tensor.of(factors);
    }
    int from = Math.toIntExact(first);
    int count = Math.toIntExact(rows.size(0));
    float[] some = Arrays.copyOfRange(factors, from, from + count);
    return Tensor.of(some, count, 1).to(rows.device());
  }
}
