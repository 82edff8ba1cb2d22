package dev.kontext4j.sampler.schedule;

import java.util.Arrays;

/// The noise levels of a run: step `i` goes from `sigma(i)` to `sigma(i + 1)`. Immutable.
public final class Schedule {
  private final float[] sigmas; // one more than steps; ends with 0, or 1 when inverted
  private final float[] timesteps;

  Schedule(float[] sigmas, float[] timesteps) {
    this.sigmas = sigmas;
    this.timesteps = timesteps;
  }

  /// Evenly spaced levels from 1 to `1 / steps`, then shifted and spaced as configured.
  ///
  /// @param imageTokens the tokens of the picture to be made
  public static Schedule of(SchedulerConfig config, int steps, int imageTokens) {
    if (steps < 1) {
      throw new IllegalArgumentException(
          "the number of steps is " + steps + ", at least 1 is needed");
    }
    double[] even = Linspace.of(1, 1.0 / steps, steps);
    return new ScheduleRules(config, imageTokens).schedule(even);
  }

  /// The user's own levels, which are shifted and spaced as configured too, as in the reference.
  public static Schedule of(SchedulerConfig config, double[] sigmas, int imageTokens) {
    if (sigmas.length == 0) {
      throw new IllegalArgumentException("the list of sigmas is empty, at least one is needed");
    }
    for (double sigma : sigmas) {
      if (!Double.isFinite(sigma)) {
        throw new IllegalArgumentException("a sigma is " + sigma + ", expected a finite number");
      }
    }
    return new ScheduleRules(config, imageTokens).schedule(sigmas);
  }

  public int steps() {
    return timesteps.length;
  }

  /// The noise level before step `i`; `i` may be `steps()`, for the level at the end.
  public float sigma(int i) {
    return sigmas[i];
  }

  /// What the network is told in step `i`: the noise level on the scale of its training steps.
  public float timestep(int i) {
    return timesteps[i];
  }

  /// How far step `i` moves: negative when noise is taken away.
  public float dt(int i) {
    return sigmas[i + 1] - sigmas[i];
  }

  public float[] sigmas() {
    return sigmas.clone();
  }

  public float[] timesteps() {
    return timesteps.clone();
  }

  @Override
  public String toString() {
    return "Schedule" + Arrays.toString(sigmas);
  }
}
