package dev.kontext4j.sampler;

import dev.kontext4j.sampler.fast.Fast;
import dev.kontext4j.sampler.schedule.Schedule;
import dev.kontext4j.transformer.flux.ReferenceCache;
import dev.kontext4j.transformer.flux.Shortcuts;
import dev.kontext4j.transformer.flux.StepCache;
import java.util.stream.Stream;

/// What one picture remembers from step to step: each prompt by itself.
record Remembered(Shortcuts towards, Shortcuts away) implements AutoCloseable {

  Remembered(Fast fast, Schedule schedule) {
    this(fast.shortcuts(schedule), fast.shortcuts(schedule));
  }

  /// @param steps how many there were, for each prompt
  Spared spared(int steps) {
    return new Spared(
        steps,
        both().flatMap(each -> each.steps().stream()).mapToInt(StepCache::spared).sum(),
        both().flatMap(each -> each.references().stream()).mapToInt(ReferenceCache::spared).sum());
  }

  private Stream<Shortcuts> both() {
    return Stream.of(towards, away);
  }

  @Override
  public void close() {
    towards.close();
    away.close();
  }
}
