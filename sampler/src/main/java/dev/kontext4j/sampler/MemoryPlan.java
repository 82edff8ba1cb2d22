package dev.kontext4j.sampler;

import dev.kontext4j.engine.residency.Residency;

/// How the parts of a model share the memory that there is. Whatever the plan, the picture is the
/// same, bit for bit.
///
/// @param transformer which of its weights stay
/// @param t5 which of its weights stay while it works, before the first step
public record MemoryPlan(Residency transformer, Residency t5) {

  /// Everything stays where it is needed.
  public static final MemoryPlan ALL_STAYS = new MemoryPlan(Residency.ALL, Residency.ALL);
}
