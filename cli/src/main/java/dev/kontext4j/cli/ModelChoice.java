package dev.kontext4j.cli;

import dev.kontext4j.toybox.EmbeddedModel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The model a command works with: the one that is named, or else the real one if it is installed,
/// or else the embedded one.
///
/// @param name what to call it where others may read it
/// @param place its folder, which is made when it is asked for
/// @param note what the user should know about a model that was not asked for
record ModelChoice(String name, Supplier<Path> place, Optional<String> note) {
  static final String TOYBOX = "toybox";
  static final String NOTE =
      "this toybox edits simple drawings only; the real model: see README.md";

  /// @param named the user's own word for it: a folder, or `toybox`
  static ModelChoice of(@Nullable String named) {
    if (named == null) {
      return InstalledModel.find()
          .map(ModelChoice::installed)
          .orElseGet(() -> toybox(Optional.of(NOTE)));
    }
    if (named.equals(TOYBOX)) {
      return toybox(Optional.empty());
    }
    Path folder = Path.of(named);
    String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    return new ModelChoice(name, () -> folder, Optional.empty());
  }

  private static ModelChoice toybox(Optional<String> note) {
    return new ModelChoice(TOYBOX, EmbeddedModel::folder, note);
  }

  private static ModelChoice installed(Path folder) {
    return new ModelChoice(
        InstalledModel.NAME,
        () -> folder,
        Optional.of("the model is FLUX.1 Kontext [dev] in " + folder));
  }

  Path folder() {
    return place.get();
  }
}
