package dev.kontext4j.cli;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.hub.held.HuggingFaceCache;
import dev.kontext4j.hub.lock.ModelSet;
import dev.kontext4j.hub.lock.ModelsLock;
import dev.kontext4j.hub.store.ModelsFolder;
import dev.kontext4j.sampler.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The real model on this machine: a set that was pulled, else what the Hugging Face tools fetched.
///
/// @param name what to call it where others may read it
record InstalledModel(String name, Path folder) {
  static final String NAME = "FLUX.1-Kontext-dev";
  private static final String REPOSITORY = "black-forest-labs/" + NAME;

  /// The model that is here and whole.
  static Optional<InstalledModel> find() {
    return find(ModelsLock.packed(), System::getenv, Path.of(System.getProperty("user.home")));
  }

  static Optional<InstalledModel> find(
      ModelsLock lock, Function<String, @Nullable String> variables, Path home) {
    var models = ModelsFolder.find(variables, home);
    return lock.sets().values().stream()
        .filter(ModelSet::edits)
        .filter(models::has)
        .map(set -> new InstalledModel(set.name(), models.of(set)))
        .filter(model -> isWhole(model.folder()))
        .findFirst()
        .or(() -> fetchedByOthers(HuggingFaceCache.find(variables, home)));
  }

  private static Optional<InstalledModel> fetchedByOthers(HuggingFaceCache cache) {
    Path model = cache.repository(REPOSITORY);
    try {
      String revision = Files.readString(model.resolve("refs/main")).strip();
      return Optional.of(new InstalledModel(NAME, model.resolve("snapshots").resolve(revision)))
          .filter(found -> isWhole(found.folder()));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static boolean isWhole(Path folder) {
    try {
      return ModelFolder.open(folder).isWhole();
    } catch (CheckpointException _) {
      return false;
    }
  }
}
