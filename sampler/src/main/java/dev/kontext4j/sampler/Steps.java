package dev.kontext4j.sampler;

import dev.kontext4j.sampler.schedule.Schedule;
import dev.kontext4j.sampler.schedule.SchedulerConfig;
import java.util.List;
import java.util.function.Supplier;

/// How many steps a run takes, or through which noise levels it goes.
public sealed interface Steps {
  /// The noise levels of a run.
  ///
  /// @param imageTokens the tokens of the picture to be made
  Schedule schedule(SchedulerConfig config, int imageTokens);

  /// Evenly spaced levels, shifted as the model wants them.
  record Count(int count) implements Steps {
    @Override
    public Schedule schedule(SchedulerConfig config, int imageTokens) {
      return accepted(() -> Schedule.of(config, count, imageTokens));
    }
  }

  /// The user's own levels, one a step; they are shifted too.
  record Levels(List<Double> sigmas) implements Steps {
    public Levels {
      sigmas = List.copyOf(sigmas);
    }

    @Override
    public Schedule schedule(SchedulerConfig config, int imageTokens) {
      double[] levels = sigmas.stream().mapToDouble(Double::doubleValue).toArray();
      return accepted(() -> Schedule.of(config, levels, imageTokens));
    }
  }

  /// A schedule that this model's settings and these steps can make.
  private static Schedule accepted(Supplier<Schedule> schedule) {
    try {
      return schedule.get();
    } catch (IllegalArgumentException e) {
      throw new EditException(String.valueOf(e.getMessage()));
    }
  }
}
