package dev.kontext4j.sampler.fast;

import dev.kontext4j.transformer.flux.ReferenceCache;

/// When the keys and values of reference tokens may be used again: for a number of steps, and as
/// long as the modulation of the references has not changed much.
///
/// @param steps from one computation to the next
record ReferenceRule(int steps) implements ReferenceCache.Rule {
  static final double MOST_CHANGE = 0.2;

  @Override
  public boolean keeps(int age, double change) {
    return age < steps && change < MOST_CHANGE;
  }
}
