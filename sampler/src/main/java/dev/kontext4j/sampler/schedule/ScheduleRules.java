package dev.kontext4j.sampler.schedule;

/// The arithmetic of a schedule, in the reference's order and precision: float32 until the levels
/// are respaced, float64 while they are, float32 in the end.
///
/// See `set_timesteps` in
/// <https://github.com/huggingface/diffusers/blob/v0.42.1/src/diffusers/schedulers/scheduling_flow_match_euler_discrete.py>.
final class ScheduleRules {
  private final SchedulerConfig config;
  private final double mu;

  ScheduleRules(SchedulerConfig config, int imageTokens) {
    this.config = config;
    this.mu = config.mu(imageTokens);
  }

  Schedule schedule(double[] levels) {
    int n = levels.length;
    float[] shifted = new float[n];
    for (int i = 0; i < n; i++) {
      shifted[i] = shift((float) levels[i]);
    }
    if (config.shiftTerminal() != 0) {
      stretchToTerminal(shifted);
    }
    float[] spaced = new Respacing(config).apply(shifted);

    float[] sigmas = new float[n + 1];
    float[] timesteps = new float[n];
    for (int i = 0; i < n; i++) {
      sigmas[i] = config.invertSigmas() ? 1 - spaced[i] : spaced[i];
      timesteps[i] = sigmas[i] * config.numTrainTimesteps();
    }
    sigmas[n] = config.invertSigmas() ? 1 : 0;
    return new Schedule(sigmas, timesteps);
  }

  private float shift(float t) {
    return switch (config.shiftKind()) {
      case CONSTANT -> (float) config.shift() * t / (1 + (float) (config.shift() - 1) * t);
      case EXPONENTIAL -> towardsNoise((float) Math.exp(mu), t);
      case LINEAR -> towardsNoise((float) mu, t);
    };
  }

  private static float towardsNoise(float strength, float t) {
    return strength / (strength + (1 / t - 1));
  }

  /// Stretches the levels so that the last one is the configured one.
  private void stretchToTerminal(float[] t) {
    float last = 1 - t[t.length - 1];
    float factor = last / (float) (1 - config.shiftTerminal());
    if (factor == 0) {
      throw new IllegalArgumentException(
          "shift_terminal needs a last noise level below 1; use at least 2 steps");
    }
    for (int i = 0; i < t.length; i++) {
      t[i] = 1 - (1 - t[i]) / factor;
    }
  }
}
