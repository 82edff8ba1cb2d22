package dev.kontext4j.lora;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.weights.Overlay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Adapters as an overlay: a tensor that is asked for is a tensor merged, and no other is touched.
record Merge(Map<String, List<Contribution>> byTensor) implements Overlay {
  @Override
  public boolean touches(String name) {
    return byTensor.containsKey(name);
  }

  @Override
  public Tensor apply(String name, Tensor weight) {
    return Scope.tidy(() -> merged(weight, byTensor.getOrDefault(name, List.of())));
  }

  /// The weight is cut where some change begins or ends; to each stretch of rows everything is
  /// added that is about them.
  private static Tensor merged(Tensor weight, List<Contribution> contributions) {
    var cuts = new TreeSet<>(List.of(0L, weight.size(0)));
    for (Contribution one : contributions) {
      cuts.add(one.rows().first());
      cuts.add(one.rows().end());
    }
    var stretches = new ArrayList<Tensor>();
    long first = 0;
    for (long end : cuts.tailSet(1L)) {
      stretches.add(stretch(weight, contributions, first, end - first));
      first = end;
    }
    return stretches.size() == 1 ? stretches.getFirst() : Tensor.cat(stretches, 0);
  }

  private static Tensor stretch(
      Tensor weight, List<Contribution> contributions, long first, long count) {
    return Scope.tidy(() -> {
      var sum = weight.size(0) == count ? weight : weight.narrow(0, first, count);
      for (Contribution one : contributions) {
        if (one.covers(first)) {
          sum = one.addedTo(sum, weight, first);
        }
      }
      return sum;
    });
  }
}
