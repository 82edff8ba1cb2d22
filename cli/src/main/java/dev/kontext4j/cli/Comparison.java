package dev.kontext4j.cli;

import dev.kontext4j.cli.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;

/// A picture and the one that was made again by its recipe.
record Comparison(Recipe before, Finished.Written made) {

  boolean identical() {
    return made.pixels().equals(before.pixels());
  }

  String words() {
    if (identical()) {
      return "identical, pixel for pixel";
    }
    var others = made.recipe().map(this::differences).orElse(List.of());
    return "not identical" + (others.isEmpty() ? "" : "; other: " + String.join(", ", others));
  }

  /// What else is not as it was then.
  private List<String> differences(Recipe now) {
    var others = new ArrayList<String>();
    var then = before.machine();
    var today = now.machine();
    differ(others, "libtorch", then.libtorch(), today.libtorch());
    differ(others, "the device", then.device(), today.device());
    differ(others, "kontext4j", then.program(), today.program());
    return others;
  }

  private static void differ(List<String> others, String what, String then, String today) {
    if (!then.equals(today)) {
      others.add("%s (%s then, %s now)".formatted(what, then, today));
    }
  }
}
