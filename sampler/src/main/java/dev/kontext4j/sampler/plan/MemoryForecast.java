package dev.kontext4j.sampler.plan;

import dev.kontext4j.sampler.MemoryPlan;
import java.util.EnumMap;
import java.util.Map;

/// What a run will hold in memory under a plan, part by part and in bytes.
///
/// @param weights of the transformer that stay for all steps, with the ring if there is one
/// @param blocksStaying how many of the transformer's blocks stay
/// @param readEachStep what passes through the ring at each step
/// @param peaks of each part of the run, everything counted
public record MemoryForecast(
    MemoryPlan plan,
    long weights,
    int blocksStaying,
    int blocks,
    long readEachStep,
    Map<Phase, Long> peaks) {
  public MemoryForecast {
    peaks = new EnumMap<>(peaks);
  }

  /// The highest of all parts.
  public long peak() {
    return peaks.values().stream().mapToLong(Long::longValue).max().orElseThrow();
  }
}
