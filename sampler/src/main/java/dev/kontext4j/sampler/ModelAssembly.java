package dev.kontext4j.sampler;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.weights.PartFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A model put together from files: one that holds all or some of its parts, a folder of such
/// files, a folder as diffusers lays it out, and parts that are named one by one. Which file is
/// which is decided by what is in it.
///
/// @param model the file or folder to begin with
/// @param named parts that are taken from other places
/// @param tokenizers a folder with `tokenizer` and `tokenizer_2`
public record ModelAssembly(
    Optional<Path> model, Map<PartKind, Path> named, Optional<Path> tokenizers) {
  private static final List<String> WEIGHTS = List.of(".safetensors", ".gguf", ".sft");

  public ModelAssembly {
    named = Map.copyOf(named);
  }

  /// What a user may write instead of a folder as diffusers lays it out.
  public static ModelFiles of(Path model) {
    return new ModelAssembly(Optional.of(model), Map.of(), Optional.empty()).files();
  }

  /// Finds all parts; reads headers and no weights.
  ///
  /// @throws CheckpointException if a part is missing, there twice, or not what it should be
  public ModelFiles files() {
    var base = model.filter(ModelFolder::isIn).map(path -> ModelFolder.open(path).parts());
    if (base.isPresent() && named.isEmpty() && tokenizers.isEmpty()) {
      return base.get();
    }
    var networks = new EnumMap<PartKind, PartFiles>(PartKind.class);
    named.forEach((kind, path) -> networks.put(kind, FoundParts.in(existing(path)).require(kind)));
    base.ifPresentOrElse(
        whole -> whole.networks().forEach(networks::putIfAbsent),
        () -> model.ifPresent(path -> fill(networks, existing(path))));
    requireAll(networks);
    var tokens = found().orElseGet(TokenizerFolders::published);
    return new ModelFiles(
        networks,
        tokens,
        base.flatMap(ModelFiles::scheduler),
        base.flatMap(ModelFiles::nativeSizes),
        false,
        files(networks, tokens));
  }

  /// The tokenizers alone, whatever of the rest is there: those that are named, else the model's
  /// own, else, for files with weights, the published ones.
  public TokenizerFolders tokenizerFolders() {
    model.ifPresent(this::existing);
    return found()
        .orElseGet(() -> {
          model.ifPresent(ModelAssembly::requireWeights);
          return TokenizerFolders.published();
        });
  }

  private Optional<TokenizerFolders> found() {
    return tokenizers.map(TokenizerFolders::in).or(() -> model.flatMap(TokenizerFolders::of));
  }

  private static void requireWeights(Path path) {
    var files = Files.isDirectory(path) ? weightsIn(path) : List.of(path);
    files.forEach(FoundParts::in);
    if (files.isEmpty()) {
      ModelFolder.open(path); // says what is missing
    }
  }

  /// Adds what a file holds, or the files of a folder; for a single file also what lies beside it.
  private void fill(Map<PartKind, PartFiles> networks, Path path) {
    if (Files.isDirectory(path)) {
      if (named.containsValue(path)) {
        return; // it is one of the parts, and not where the others are
      }
      var files = weightsIn(path);
      if (files.isEmpty()) {
        ModelFolder.open(path); // says what is missing
      }
      add(networks, path, files);
      return;
    }
    add(networks, path, List.of(path));
    Path folder = Objects.requireNonNull(path.toAbsolutePath().getParent());
    if (networks.size() == PartKind.values().length) {
      return;
    }
    if (ModelFolder.isIn(folder)) {
      ModelFolder.open(folder).parts().networks().forEach(networks::putIfAbsent);
    } else {
      var beside = new ArrayList<>(weightsIn(folder));
      beside.removeIf(file -> file.getFileName().equals(path.getFileName()));
      add(networks, folder, beside);
    }
  }

  private static void add(Map<PartKind, PartFiles> networks, Path folder, List<Path> files) {
    var found = new EnumMap<PartKind, PartFiles>(PartKind.class);
    for (Path file : files) {
      FoundParts.in(file)
          .parts()
          .forEach((kind, part) -> {
            var before = networks.containsKey(kind) ? null : found.putIfAbsent(kind, part);
            if (before != null) {
              throw new CheckpointException(
                  "%s holds several of one kind: %s and %s are each a %s; name the one to use with %s"
                      .formatted(
                          folder,
                          before.path().getFileName(),
                          part.path().getFileName(),
                          kind.title(),
                          option(kind)));
            }
          });
    }
    found.forEach(networks::putIfAbsent);
  }

  private static List<Path> weightsIn(Path folder) {
    try (var inside = Files.list(folder)) {
      return inside
          .filter(Files::isRegularFile)
          .filter(file -> WEIGHTS.stream().anyMatch(file.toString()::endsWith))
          .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new CheckpointException(folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  private Path existing(Path path) {
    if (!Files.exists(path)) {
      throw new CheckpointException(
          "There is no model folder or file "
              + path
              + "; --model takes FLUX.1 Kontext [dev] as a folder or a file");
    }
    return path;
  }

  private void requireAll(Map<PartKind, PartFiles> networks) {
    var missing = new ArrayList<String>();
    for (PartKind kind : PartKind.values()) {
      if (!networks.containsKey(kind)) {
        missing.add("the %s (%s)".formatted(kind.title(), option(kind)));
      }
    }
    if (!missing.isEmpty()) {
      String where = model.map(path -> path + " lacks ").orElse("The model lacks ");
      throw new CheckpointException(
          where + String.join(", ", missing) + "; name the files that hold them");
    }
  }

  /// As it is called on the command line.
  private static String option(PartKind kind) {
    return "--" + kind.name().toLowerCase(Locale.ROOT);
  }

  private static SortedMap<String, Path> files(
      Map<PartKind, PartFiles> networks, TokenizerFolders tokens) {
    var files = new TreeMap<String, Path>();
    networks.forEach((kind, part) -> ModelFolder.add(files, kind.folder(), part.path()));
    ModelFolder.add(files, "tokenizer", tokens.clip());
    ModelFolder.add(files, "tokenizer_2", tokens.t5());
    return files;
  }
}
