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

  /// The weight is cut where some change begins or ends; each stretch of rows gets the sum of what
  /// is changed there.
  private static Tensor merged(Tensor weight, List<Contribution> contributions) {
    var deltas = contributions.stream().map(one -> new Delta(one, one.delta(weight))).toList();
    var cuts = new TreeSet<>(List.of(0L, weight.size(0)));
    for (Contribution one : contributions) {
      cuts.add(one.rows().first());
      cuts.add(one.rows().end());
    }
    var stretches = new ArrayList<Tensor>();
    long first = 0;
    for (long end : cuts.tailSet(1L)) {
      stretches.add(stretch(weight, deltas, first, end));
      first = end;
    }
    return stretches.size() == 1 ? stretches.getFirst() : Tensor.cat(stretches, 0);
  }

  private static Tensor stretch(Tensor weight, List<Delta> deltas, long first, long end) {
    var base = rows(weight, first, end - first);
    return deltas.stream()
        .filter(delta -> delta.covers(first))
        .map(delta -> rows(delta.tensor, first - delta.of.rows().first(), end - first))
        .reduce(Tensor::add)
        .map(base::add)
        .orElse(base);
  }

  private static Tensor rows(Tensor tensor, long first, long count) {
    return tensor.size(0) == count ? tensor : tensor.narrow(0, first, count);
  }

  private record Delta(Contribution of, Tensor tensor) {
    boolean covers(long row) {
      return of.rows().first() <= row && row < of.rows().end();
    }
  }
}
