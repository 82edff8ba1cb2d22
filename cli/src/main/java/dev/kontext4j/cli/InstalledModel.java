package dev.kontext4j.cli;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.sampler.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The real model where the Hugging Face tools keep what they fetch.
final class InstalledModel {
  static final String NAME = "FLUX.1-Kontext-dev";
  private static final String FOLDER = "models--black-forest-labs--" + NAME;

  private InstalledModel() {}

  /// The model's folder, if it is there and whole.
  static Optional<Path> find() {
    return find(System::getenv, Path.of(System.getProperty("user.home")));
  }

  static Optional<Path> find(Function<String, @Nullable String> variables, Path home) {
    Path model = cache(variables, home).resolve(FOLDER);
    try {
      String revision = Files.readString(model.resolve("refs/main")).strip();
      Path folder = model.resolve("snapshots").resolve(revision);
      return Optional.of(ModelFolder.open(folder))
          .filter(ModelFolder::isWhole)
          .map(ModelFolder::path);
    } catch (IOException | CheckpointException _) {
      return Optional.empty();
    }
  }

  /// Named by the same variables, in the same order, as those tools read them.
  static Path cache(Function<String, @Nullable String> variables, Path home) {
    String hub = variables.apply("HF_HUB_CACHE");
    if (hub != null && !hub.isBlank()) {
      return Path.of(hub);
    }
    String all = variables.apply("HF_HOME");
    if (all != null && !all.isBlank()) {
      return Path.of(all).resolve("hub");
    }
    String caches = variables.apply("XDG_CACHE_HOME");
    Path cache = caches == null || caches.isBlank() ? home.resolve(".cache") : Path.of(caches);
    return cache.resolve("huggingface/hub");
  }
}
