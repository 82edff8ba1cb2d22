package dev.kontext4j.cli;

import dev.kontext4j.toybox.EmbeddedModel;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The model a command works with: what `--model` names, or else the embedded one.
record ModelChoice(Optional<Path> named) {
  static final String NOTE =
      "this is the toybox, a tiny model that knows only simple drawn scenes;"
          + " --model DIR takes the real one, see README.md";

  static ModelChoice of(@Nullable Path named) {
    return new ModelChoice(Optional.ofNullable(named));
  }

  Path folder() {
    return named.orElseGet(EmbeddedModel::folder);
  }

  /// What the user should know about a model that was not asked for.
  Optional<String> note() {
    return named.isPresent() ? Optional.empty() : Optional.of(NOTE);
  }
}
