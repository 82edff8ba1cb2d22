package dev.kontext4j.lora;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.weights.Overlay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Adapters as an overlay: a tensor that is asked for is a tensor merged, and no other is touched.
///
/// A weight is read, changed and rounded a part of its rows at a time.
record Merge(Map<String, List<Contribution>> byTensor, boolean packsAgain) implements Overlay {
  /// So many elements stay in a core's cache from reading to rounding. Of larger intermediates the
  /// kernel clears every page, which costs more than the arithmetic.
  private static final long PART = 1 << 18;

  /// On a card memory is fast, and every call has to be sent.
  private static final long PART_ON_CARD = 1 << 24;

  @Override
  public boolean touches(String name) {
    return byTensor.containsKey(name);
  }

  @Override
  public Tensor apply(String name, Original weight, DType dtype) {
    return Scope.tidy(() -> {
      var original = weight.isInRows() ? weight : Original.of(weight.whole());
      var additions = new ArrayList<RowAddition>();
      for (Contribution one : byTensor.getOrDefault(name, List.of())) {
        additions.add(new RowAddition(one.rows(), one.addition(original)));
      }
      return Tensor.inParts(
          weight.shape(),
          dtype,
          weight.device(),
          rowsOfPart(weight),
          (first, count) -> merged(original.rows(first, count), first, additions));
    });
  }

  private static long rowsOfPart(Original weight) {
    long elements = weight.device().isCpu() ? PART : PART_ON_CARD;
    for (int i = 1; i < weight.shape().length; i++) {
      elements /= weight.shape()[i];
    }
    return Math.max(1, elements);
  }

  /// Rows are cut where some change begins or ends; to each stretch everything is added that is
  /// about it.
  private static Tensor merged(Tensor rows, long first, List<RowAddition> additions) {
    long end = first + rows.size(0);
    var cuts = new TreeSet<>(List.of(end));
    for (RowAddition one : additions) {
      cuts.add(one.rows().first());
      cuts.add(one.rows().end());
    }
    var stretches = new ArrayList<Tensor>();
    long start = first;
    for (long cut : cuts.subSet(first, false, end, true)) {
      stretches.add(stretch(rows.narrow(0, start - first, cut - start), start, additions));
      start = cut;
    }
    return stretches.size() == 1 ? stretches.getFirst() : Tensor.cat(stretches, 0);
  }

  private static Tensor stretch(Tensor rows, long first, List<RowAddition> additions) {
    return Scope.tidy(() -> {
      var sum = rows;
      for (RowAddition one : additions) {
        if (one.rows().contains(first)) {
          sum = one.addition().to(sum, first - one.rows().first());
        }
      }
      return sum;
    });
  }
}
