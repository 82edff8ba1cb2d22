package dev.kontext4j.sampler.fast;

import java.util.Optional;
import java.util.OptionalInt;

/// Shortcuts as they are named on the command line and in recipes: `first-block=0.08,references=2`.
final class FastText {
  static final String EXACT = "none";
  static final String REFERENCES = "references";
  static final int USUAL_STEPS = 2;
  static final int MOST_STEPS = 3;

  private Optional<StepCaching> steps = Optional.empty();
  private OptionalInt references = OptionalInt.empty();

  private FastText() {}

  static Fast read(String text) {
    if (text.equals(EXACT)) {
      return Fast.EXACT;
    }
    var read = new FastText();
    for (String word : text.split(",", -1)) {
      read.add(word.strip());
    }
    return new Fast(read.steps, read.references);
  }

  private void add(String word) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    Optional<String> value =
        equals < 0 ? Optional.empty() : Optional.of(word.substring(equals + 1));
    if (name.equals(REFERENCES)) {
      requireOnce(references.isEmpty(), name);
      references = OptionalInt.of(value.map(FastText::count).orElse(USUAL_STEPS));
      return;
    }
    var kind = kind(name);
    steps.ifPresent(other -> {
      requireOnce(other.kind() != kind, name);
      throw new IllegalArgumentException(
          "first-block and teacache are two ways to spare whole steps; name one of them");
    });
    steps =
        Optional.of(new StepCaching(kind, value.map(v -> threshold(kind, v)).orElse(kind.usual)));
  }

  private static void requireOnce(boolean first, String name) {
    if (!first) {
      throw new IllegalArgumentException(name + " is named twice");
    }
  }

  private static StepCaching.Kind kind(String name) {
    for (StepCaching.Kind kind : StepCaching.Kind.values()) {
      if (kind.word().equals(name)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "'%s' is no shortcut; there are first-block, teacache and references".formatted(name));
  }

  private static double threshold(StepCaching.Kind kind, String text) {
    try {
      double value = Double.parseDouble(text);
      if (value >= 0 && value <= kind.most) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "'%s=%s': the threshold is a number from 0 to %s; beyond it edits were not measured to stay true"
            .formatted(kind.word(), text, kind.most));
  }

  private static int count(String text) {
    try {
      int value = Integer.parseInt(text);
      if (value >= 1 && value <= MOST_STEPS) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "'%s=%s': a whole number of steps from 1 to %d; beyond it edits were measured to go astray"
            .formatted(REFERENCES, text, MOST_STEPS));
  }
}
