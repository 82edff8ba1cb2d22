package dev.kontext4j.vae;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.util.List;

/// One stage after the other; what lies between two of them is freed as soon as it has been used.
record Stages(List<Stage> stages) implements Stage {

  static Stages of(Stage... stages) {
    return new Stages(List.of(stages));
  }

  @Override
  public Tensor forward(Tensor x) {
    try (var scope = Scope.open()) {
      for (Stage stage : stages) {
        var next = stage.forward(x);
        scope.drop(x);
        x = next;
      }
      return scope.keep(x);
    }
  }
}
