package dev.kontext4j.cli.progress;

import dev.kontext4j.sampler.Progress.Decoding;
import dev.kontext4j.sampler.Progress.Event;
import dev.kontext4j.sampler.Progress.Step;
import java.util.ArrayDeque;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// How fast a run goes, and how long it will still take at that pace.
final class Pace {
  private static final int REMEMBERED = 8;

  private final LongSupplier clock; // nanoseconds
  private final ArrayDeque<Double> steps = new ArrayDeque<>(); // seconds each, of the last few
  private double decoding;
  private @Nullable Event current;
  private long since;
  private int learned;

  Pace(LongSupplier clock) {
    this.clock = clock;
    this.since = clock.getAsLong();
  }

  void at(Event event) {
    double lasted = seconds();
    if (current instanceof Step) {
      learn(lasted);
    } else if (current instanceof Decoding) {
      decoding = lasted;
    }
    current = event;
    since = clock.getAsLong();
  }

  /// The first step of a run counts only until there is a second.
  private void learn(double seconds) {
    if (++learned == 2 || steps.size() == REMEMBERED) {
      steps.remove();
    }
    steps.add(seconds);
  }

  /// Since the last event.
  double seconds() {
    return (clock.getAsLong() - since) / 1e9;
  }

  OptionalDouble secondsAStep() {
    return steps.stream().mapToDouble(Double::doubleValue).average();
  }

  /// To the end of the run.
  OptionalDouble secondsLeft() {
    if (!(current instanceof Step step) || steps.isEmpty()) {
      return OptionalDouble.empty();
    }
    double each = secondsAStep().orElseThrow();
    int pictures = step.picture().count() - step.picture().number();
    int whole = step.steps() - step.step() + pictures * step.steps();
    double rest = Math.max(0, each - seconds());
    return OptionalDouble.of(rest + whole * each + (pictures + 1) * decoding);
  }
}
