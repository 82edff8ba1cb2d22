package dev.kontext4j.lora;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.weights.Overlay;
import dev.kontext4j.lora.change.Addition;
import dev.kontext4j.lora.change.Change;
import dev.kontext4j.lora.names.Rows;

/// What one adapter does to some rows of a tensor.
record Contribution(Rows rows, Change change, double strength) {

  /// What it adds to these rows, counted from the first of them, in the tensor's order; in the
  /// innermost open scope.
  Addition addition(Overlay.Original weight) {
    return rows.halvesSwapped()
        ? arranged(weight)
        : change.addition(weight.device(), () -> rows.of(weight.whole()), strength);
  }

  private Addition arranged(Overlay.Original weight) {
    return Addition.of(
        Scope.tidy(() -> rows.arranged(change.delta(rows.of(weight.whole()), strength))));
  }
}
