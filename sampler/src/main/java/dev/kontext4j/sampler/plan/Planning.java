package dev.kontext4j.sampler.plan;

import dev.kontext4j.engine.DeviceException;
import dev.kontext4j.sampler.MemoryPlan;
import java.util.Optional;

/// How it is decided, request by request, which weights stay.
public interface Planning {
  /// Everything stays, and pictures are whole.
  Planning ALL_STAYS = always(MemoryPlan.ALL_STAYS);

  /// The plan for a request.
  ///
  /// @throws DeviceException if there is none
  MemoryForecast of(Planner request);

  /// How to go on, now and from then on, when there was less memory than a plan needs, because
  /// another program took it.
  Optional<Planning> afterwards(Planner request, MemoryPlan failed);

  /// The same plan for all requests, whatever they take.
  static Planning always(MemoryPlan plan) {
    return new Planning() {
      @Override
      public MemoryForecast of(Planner request) {
        return request.forecast(plan);
      }

      @Override
      public Optional<Planning> afterwards(Planner request, MemoryPlan failed) {
        return Optional.empty();
      }
    };
  }
}
