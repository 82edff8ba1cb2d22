package dev.kontext4j.lora;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.lora.change.Change;
import dev.kontext4j.lora.names.Rows;

/// What one adapter does to some rows of a tensor.
record Contribution(Rows rows, Change change, double strength) {

  boolean covers(long row) {
    return rows.first() <= row && row < rows.end();
  }

  /// A sum for some of the rows with what is to be added to them.
  ///
  /// @param weight the model's, whole
  /// @param first of the sum's rows
  Tensor addedTo(Tensor sum, Tensor weight, long first) {
    boolean all = sum.size(0) == rows.count() && !rows.halvesSwapped();
    return Scope.tidy(() ->
        all
            ? change.addedTo(sum, rows.of(weight), strength)
            : sum.add(delta(weight).narrow(0, first - rows.first(), sum.size(0))));
  }

  private Tensor delta(Tensor weight) {
    return Scope.tidy(() -> rows.arranged(change.delta(rows.of(weight), strength)));
  }
}
