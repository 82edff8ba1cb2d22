package dev.kontext4j.cli;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.hub.lock.ModelSet;
import dev.kontext4j.hub.lock.ModelsLock;
import dev.kontext4j.hub.store.ModelsFolder;
import dev.kontext4j.sampler.ModelAssembly;
import dev.kontext4j.sampler.ModelFiles;
import dev.kontext4j.sampler.PartKind;
import dev.kontext4j.sampler.TokenizerFolders;
import dev.kontext4j.toybox.EmbeddedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The model a command works with: the one that is named, or else the real one if it is installed,
/// or else the embedded one.
///
/// @param name what to call it where others may read it
/// @param place its folder or file, which is made when it is asked for
/// @param note what the user should know about a model that was not asked for
/// @param parts that come from other places
/// @param tokenizers a folder of others
record ModelChoice(
    String name,
    Supplier<Path> place,
    Optional<String> note,
    Map<PartKind, Path> parts,
    Optional<Path> tokenizers) {
  static final String TOYBOX = "toybox";
  static final String NOTE =
      "this toybox edits simple drawings; real model: kontext pull kontext-dev";

  /// @param named the user's own word for it: a folder, a file, a set that was pulled, or `toybox`
  static ModelChoice of(@Nullable String named) {
    if (named == null) {
      return InstalledModel.find()
          .map(ModelChoice::installed)
          .orElseGet(() -> toybox(Optional.of(NOTE)));
    }
    if (named.equals(TOYBOX)) {
      return toybox(Optional.empty());
    }
    Path path = Path.of(named);
    if (!Files.exists(path)) {
      var set = ModelsLock.packed().set(named);
      if (set.isPresent()) {
        return whole(named, () -> folder(set.get()), Optional.empty());
      }
    }
    return whole(fileName(path), () -> path, Optional.empty());
  }

  /// As [#of(String)], with parts from other places. Without a word for the whole, what is not
  /// named is looked for beside the first part that is.
  static ModelChoice of(@Nullable String named, PartOptions options) {
    var parts = options.named();
    var first = parts.values().stream().findFirst();
    var whole =
        named == null && InstalledModel.find().isEmpty()
            ? first.map(path -> of(path.toString())).orElseGet(() -> of(named))
            : of(named);
    return new ModelChoice(
        first.map(ModelChoice::fileName).orElse(whole.name),
        whole.place,
        whole.note,
        parts,
        options.tokenizers());
  }

  private static ModelChoice whole(String name, Supplier<Path> place, Optional<String> note) {
    return new ModelChoice(name, place, note, Map.of(), Optional.empty());
  }

  private static String fileName(Path path) {
    return String.valueOf(path.toAbsolutePath().normalize().getFileName());
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
    return whole(TOYBOX, EmbeddedModel::folder, note);
  }

  private static ModelChoice installed(InstalledModel model) {
    return whole(
        model.name(),
        model::folder,
        Optional.of("the model is %s in %s".formatted(model.name(), model.folder())));
  }

  /// Where it is, or the most of it.
  Path folder() {
    return place.get();
  }

  /// All of its parts.
  ModelFiles files() {
    return assembly().files();
  }

  /// Its tokenizers, whatever of the rest is there.
  TokenizerFolders tokenizerFolders() {
    return assembly().tokenizerFolders();
  }

  private ModelAssembly assembly() {
    return new ModelAssembly(Optional.of(folder()), parts, tokenizers);
  }
}
