package dev.kontext4j.sampler.fast;

import dev.kontext4j.sampler.schedule.Schedule;
import dev.kontext4j.transformer.flux.StepRule;

/// When a step may be spared, in one picture by one prompt. The first and the last steps never are:
/// there a picture is laid out and finished. Nor are many in a row. And what it costs is added up:
/// when all that was spared may have led astray by more than a bound, every other step is computed.
final class SkipRule implements StepRule {
  /// The shares of the steps that are always computed are what ComfyUI-TeaCache recommends for
  /// Kontext; the rest is measured (docs/measurements.md).
  static final Limits LIMITS = new Limits(0.2, 0.1, 3, 0.05);

  private final StepCaching caching;
  private final Schedule schedule;
  private final Limits limits;
  private final int begin;
  private final int end;
  private double drift; // since the last step that was computed
  private int inARow;
  private double error;

  /// @param first the share of the steps at the beginning that are always computed
  /// @param last that at the end
  /// @param inARow the most steps that are spared one behind the other
  /// @param error the most that all spared steps together may lead astray: the change of the
  ///   network's result, times the share of the way from noise to picture that the step goes
  record Limits(double first, double last, int inARow, double error) {}

  SkipRule(StepCaching caching, Schedule schedule, Limits limits) {
    this.caching = caching;
    this.schedule = schedule;
    this.limits = limits;
    this.begin = (int) Math.ceil(limits.first * schedule.steps());
    this.end = schedule.steps() - (int) Math.ceil(limits.last * schedule.steps());
  }

  @Override
  public boolean spares(int step, double change) {
    drift = caching.kind().drift(drift, change);
    double cost = drift * Math.abs(schedule.dt(step));
    boolean spared =
        step >= begin
            && step < end
            && inARow < limits.inARow
            && drift < caching.threshold()
            && error + cost <= limits.error;
    if (spared) {
      inARow++;
      error += cost;
    } else {
      inARow = 0;
      drift = 0;
    }
    return spared;
  }
}
