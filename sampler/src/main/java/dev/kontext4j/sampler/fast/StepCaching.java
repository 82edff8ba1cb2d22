package dev.kontext4j.sampler.fast;

import dev.kontext4j.sampler.schedule.Schedule;
import dev.kontext4j.transformer.flux.StepCache;
import java.util.Locale;

/// Sparing whole steps that are like the one before.
///
/// @param threshold the change from which on a step is computed
public record StepCaching(Kind kind, double threshold) {

  /// How the change is told. Defaults are those of the programs that the rules are from, for FLUX.1
  /// and for Kontext; the limits are docs/measurements.md's.
  public enum Kind {
    /// By what the first block adds to the image: ParaAttention's first-block cache.
    FIRST_BLOCK(StepCache.Look.FIRST_BLOCK, 0.08, 0.2),
    /// By what the first block is given, through a polynomial that was fitted to Kontext.
    TEACACHE(StepCache.Look.MODULATED_INPUT, 0.22, 0.4);

    final StepCache.Look look;
    final double usual;
    final double most;

    Kind(StepCache.Look look, double usual, double most) {
      this.look = look;
      this.usual = usual;
      this.most = most;
    }

    /// How far a step is from the last one that was computed.
    ///
    /// @param before how far the step before was
    /// @param change what a look at this step tells
    double drift(double before, double change) {
      return switch (this) {
        case FIRST_BLOCK -> change; // which is from that step already
        case TEACACHE -> before + TeaCachePolynomial.of(change);
      };
    }

    /// On the command line.
    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// A cache for one prompt of one picture.
  StepCache cache(Schedule schedule, boolean noiseAlone) {
    return new StepCache(kind.look, new SkipRule(this, schedule, SkipRule.LIMITS), noiseAlone);
  }
}
