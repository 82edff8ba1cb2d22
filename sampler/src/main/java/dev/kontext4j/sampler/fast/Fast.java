package dev.kontext4j.sampler.fast;

import dev.kontext4j.sampler.schedule.Schedule;
import dev.kontext4j.transformer.flux.ReferenceCache;
import dev.kontext4j.transformer.flux.Shortcuts;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalInt;

/// What an edit may take from earlier steps instead of computing it: faster, and not exact.
///
/// @param steps how whole steps are spared
/// @param references for how many steps the keys and values of reference tokens are used
public record Fast(Optional<StepCaching> steps, OptionalInt references) {
  /// Everything is computed.
  public static final Fast EXACT = new Fast(Optional.empty(), OptionalInt.empty());

  public boolean isExact() {
    return equals(EXACT);
  }

  /// For one prompt of one picture.
  public Shortcuts shortcuts(Schedule schedule) {
    return new Shortcuts(
        steps.map(caching -> caching.cache(schedule, references.isPresent())),
        references.isPresent()
            ? Optional.of(new ReferenceCache(new ReferenceRule(references.getAsInt())))
            : Optional.empty());
  }

  /// As on the command line, with every number.
  @Override
  public String toString() {
    var words = new ArrayList<String>();
    steps.ifPresent(caching -> words.add(caching.kind().word() + "=" + caching.threshold()));
    references.ifPresent(steps -> words.add(FastText.REFERENCES + "=" + steps));
    return words.isEmpty() ? FastText.EXACT : String.join(",", words);
  }

  /// Reads what is written on the command line.
  ///
  /// @throws IllegalArgumentException if it makes no sense, with the reason
  public static Fast of(String text) {
    return FastText.read(text);
  }
}
