package dev.kontext4j.sampler;

import dev.kontext4j.engine.DeviceException;
import dev.kontext4j.engine.MemoryException;
import dev.kontext4j.sampler.plan.Planner;
import dev.kontext4j.sampler.plan.Planning;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Requests that are done in any case: each under a plan of its own, and when the memory does not
/// suffice, under the next smaller one.
final class Endurance {
  private final Networks networks;
  private Planning planning;
  private @Nullable Planner request;
  private @Nullable MemoryPlan plan;

  Endurance(Networks networks, Planning planning) {
    this.networks = networks;
    this.planning = planning;
  }

  Planning planning() {
    return planning;
  }

  /// Plans a request, and makes room for it.
  void begin(Planner next) {
    request = next;
    follow(planning.of(next).plan());
  }

  /// Of the request that was begun.
  MemoryPlan plan() {
    return Objects.requireNonNull(plan);
  }

  private void follow(MemoryPlan next) {
    plan = next;
    networks.follow(next);
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

  /// Fewer weights stay; tiles remain as they are, and so does the picture.
  private void retreat(MemoryException cause, Progress progress) {
    var planner = Objects.requireNonNull(request).tiled(Optional.of(plan().vae()));
    planning = planning.afterwards(planner, plan()).orElseThrow(() -> cause);
    try {
      follow(planning.of(planner).plan());
    } catch (DeviceException _) {
      throw cause;
    }
    progress.at(new Progress.LessMemory(plan()));
  }
}
