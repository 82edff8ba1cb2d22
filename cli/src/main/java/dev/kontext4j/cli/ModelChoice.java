package dev.kontext4j.cli;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.hub.lock.ModelSet;
import dev.kontext4j.hub.lock.ModelsLock;
import dev.kontext4j.hub.store.ModelsFolder;
import dev.kontext4j.toybox.EmbeddedModel;
import java.nio.file.Files;
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
      "this is the toybox, a tiny model that knows only simple drawn scenes;"
          + " kontext pull kontext-dev fetches the real one, see README.md";

  /// @param named the user's own word for it: a folder, a set that was pulled, or `toybox`
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
    if (!Files.exists(folder)) {
      var set = ModelsLock.packed().set(named);
      if (set.isPresent()) {
        return new ModelChoice(named, () -> folder(set.get()), Optional.empty());
      }
    }
    String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    return new ModelChoice(name, () -> folder, Optional.empty());
  }

  private static Path folder(ModelSet set) {
    var models = ModelsFolder.find(System::getenv, Path.of(System.getProperty("user.home")));
    if (!models.has(set)) {
      throw new CheckpointException(
          "The model %s is not here, or not whole; kontext pull %s fetches it"
              .formatted(set.name(), set.name()));
    }
    return models.of(set);
  }

  private static ModelChoice toybox(Optional<String> note) {
    return new ModelChoice(TOYBOX, EmbeddedModel::folder, note);
  }

  private static ModelChoice installed(InstalledModel model) {
    return new ModelChoice(
        model.name(),
        model::folder,
        Optional.of("the model is %s in %s".formatted(model.name(), model.folder())));
  }

  Path folder() {
    return place.get();
  }
}
