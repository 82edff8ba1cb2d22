package dev.kontext4j.lora;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.lora.change.Change;
import dev.kontext4j.lora.names.Rows;

/// What one adapter does to some rows of a tensor.
record Contribution(Rows rows, Change change, double strength) {

  /// To be added to those rows.
  Tensor delta(Tensor whole) {
    return Scope.tidy(() -> rows.arranged(change.delta(rows.of(whole), strength)));
  }
}
