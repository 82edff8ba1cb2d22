package dev.kontext4j.lora;

import dev.kontext4j.engine.weights.Overlay;
import dev.kontext4j.lora.names.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Several adapters that act together. Each adds what it would add alone, so their order does not
/// matter; they are summed in an order of their own, so that not even the last bit depends on it.
public final class Adapters implements AutoCloseable {
  private static final Comparator<Active> ORDER =
      Comparator.comparing((Active active) -> active.adapter.path())
          .thenComparingDouble(Active::strength)
          .thenComparing(active -> active.blocks.text());

  private final List<Active> active = new ArrayList<>();
  private boolean packsAgain;

  private record Active(Adapter adapter, double strength, BlockChoice blocks) {}

  /// No adapter yet.
  public Adapters() {}

  /// Has packed weights packed again when they have been changed.
  public Adapters packingAgain() {
    packsAgain = true;
    return this;
  }

  /// Adds an adapter, which is closed with these.
  ///
  /// @param strength 1 as it was trained; may be negative
  public Adapters with(Adapter adapter, double strength, BlockChoice blocks) {
    active.add(new Active(adapter, strength, blocks));
    active.sort(ORDER);
    return this;
  }

  /// What they do to one network.
  public Overlay overlay(Part part) {
    Map<String, List<Contribution>> byTensor = new LinkedHashMap<>();
    for (Active one : active) {
      for (Planned planned : one.adapter.planned()) {
        var target = planned.target();
        if (target.part() == part && one.blocks.includes().test(target)) {
          byTensor
              .computeIfAbsent(target.tensor(), _ -> new ArrayList<>())
              .add(new Contribution(target.rows(), planned.change(), one.strength));
        }
      }
    }
    return new Merge(byTensor, packsAgain);
  }

  @Override
  public void close() {
    active.forEach(one -> one.adapter.close());
  }
}
