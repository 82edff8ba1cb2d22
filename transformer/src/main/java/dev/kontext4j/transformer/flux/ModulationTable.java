package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.nn.Linear;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The modulations of one linear layer for every step: S x D each.
///
/// They hang on the step's conditioning vector alone. So all of them are computed before the first
/// step, in one product, and the layer's weights (together a quarter of the model) are not needed
/// again.
record ModulationTable(Tensor shift, Tensor scale, @Nullable Tensor gate) {

  /// The tables of the branches whose modulations one layer gives, in the layer's order.
  ///
  /// @param activated silu(vec) of every step: (S, D)
  static List<ModulationTable> of(Linear layer, Tensor activated, int branches) {
    try (var scope = Scope.open()) {
      var rows = layer.forward(activated).chunk(3 * branches, -1); // shift, scale, gate, ...
      var tables = new ArrayList<ModulationTable>();
      for (int i = 0; i < branches; i++) {
        tables.add(
            new ModulationTable(
                scope.keep(rows.get(3 * i).contiguous()),
                scope.keep(rows.get(3 * i + 1).add(1)),
                scope.keep(rows.get(3 * i + 2).contiguous())));
      }
      layer.release();
      return tables;
    }
  }

  /// The final layer's: shift and scale, no gate.
  static ModulationTable ofFinal(Linear layer, Tensor activated) {
    try (var scope = Scope.open()) {
      var rows = layer.forward(activated).chunk(2, -1);
      layer.release();
      return new ModulationTable(
          scope.keep(rows.get(0).contiguous()), scope.keep(rows.get(1).add(1)), null);
    }
  }

  Modulation step(int step) {
    return new Modulation(
        row(shift, step), row(scale, step), gate == null ? null : row(gate, step));
  }

  void forEachTensor(Consumer<Tensor> action) {
    action.accept(shift);
    action.accept(scale);
    if (gate != null) {
      action.accept(gate);
    }
  }

  private static Tensor row(Tensor table, int step) {
    return table.narrow(0, step, 1).reshape(-1); // (D)
  }
}
