package dev.kontext4j.sampler;

import dev.kontext4j.engine.MemoryException;
import java.util.function.Supplier;

/// Work that is done in any case: when the memory does not suffice, under the next smaller plan.
final class Endurance {
  private final Networks networks;
  private final LessMemory less;
  private MemoryPlan plan;

  Endurance(Networks networks, MemoryPlan plan, LessMemory less) {
    this.networks = networks;
    this.plan = plan;
    this.less = less;
  }

  MemoryPlan plan() {
    return plan;
  }

  /// @param work may be begun again from its beginning
  <T> T during(Progress progress, Supplier<T> work) {
    while (true) {
      try {
        return work.get();
      } catch (MemoryException e) {
        retreat(e, progress);
      }
    }
  }

  private void retreat(MemoryException cause, Progress progress) {
    plan = less.after(plan).orElseThrow(() -> cause);
    progress.at(new Progress.LessMemory(plan));
    networks.reopen(plan.transformer());
  }
}
