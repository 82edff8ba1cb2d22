package dev.kontext4j.sampler;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.weights.ModelConfig;
import dev.kontext4j.engine.weights.PartFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A model as diffusers lays it out: a folder with `model_index.json` and one folder a part.
public record ModelFolder(Path path) {
  private static final String INDEX = "model_index.json";
  private static final String WEIGHTS = ".safetensors";
  private static final String SHARDS = ".safetensors.index.json";
  private static final List<String> WITH_WEIGHTS =
      List.of("text_encoder", "text_encoder_2", "transformer", "vae");
  private static final List<String> PARTS =
      List.of(
          "scheduler",
          "text_encoder",
          "text_encoder_2",
          "tokenizer",
          "tokenizer_2",
          "transformer",
          "vae");

  /// Checks that the folder is what it should be, and whole; reads no weights.
  public static ModelFolder open(Path path) {
    if (!Files.isDirectory(path)) {
      throw new CheckpointException(
          "There is no model folder "
              + path
              + "; --model takes a folder in the layout of FLUX.1 Kontext [dev] for diffusers");
    }
    var index = ModelConfig.read(path.resolve(INDEX));
    String kind = index.text("_class_name").orElse("");
    index.require(
        kind.startsWith("Flux"),
        "this is a \"" + kind + "\", not a FLUX model; name a folder with FLUX.1 Kontext [dev]");
    var missing = PARTS.stream().filter(part -> !Files.isDirectory(path.resolve(part))).toList();
    if (!missing.isEmpty()) {
      throw new CheckpointException(
          path + " lacks " + String.join(", ", missing) + "; fetch the model again");
    }
    return new ModelFolder(path);
  }

  /// Whether the weights of every network are there, as far as their indexes tell: what a download
  /// that was stopped lacks.
  public boolean isWhole() {
    return WITH_WEIGHTS.stream().allMatch(part -> hasWeights(part(part)));
  }

  private static boolean hasWeights(Path part) {
    try (var inside = Files.list(part)) {
      var files = inside.filter(Files::isRegularFile).toList();
      boolean shards =
          files.stream()
              .filter(file -> file.toString().endsWith(SHARDS))
              .flatMap(ModelFolder::shards)
              .allMatch(shard -> Files.isRegularFile(part.resolve(shard)));
      return shards && files.stream().anyMatch(file -> file.toString().endsWith(WEIGHTS));
    } catch (IOException _) {
      return false;
    }
  }

  private static Stream<String> shards(Path index) {
    return ModelConfig.read(index).fields().get("weight_map") instanceof Map<?, ?> byTensor
        ? byTensor.values().stream().map(String::valueOf)
        : Stream.of();
  }

  /// Whether a folder says that it is a model laid out so.
  static boolean isIn(Path path) {
    return Files.isRegularFile(path.resolve(INDEX));
  }

  /// Where its parts are.
  public ModelFiles parts() {
    var networks = new EnumMap<PartKind, PartFiles>(PartKind.class);
    for (PartKind kind : PartKind.values()) {
      networks.put(kind, PartFiles.folder(part(kind.folder())));
    }
    return new ModelFiles(
        networks,
        TokenizerFolders.in(path),
        Optional.of(part("scheduler").resolve("scheduler_config.json")),
        Optional.of(part("native_sizes.json")).filter(Files::exists),
        true,
        files());
  }

  /// The files that the model is made of, by their names in this folder with `/` between; what else
  /// lies here does not belong to it.
  private SortedMap<String, Path> files() {
    var files = new TreeMap<String, Path>();
    files.put(INDEX, path.resolve(INDEX));
    for (String part : PARTS) {
      add(files, part, part(part));
    }
    return files;
  }

  /// Adds a file, or the files of a folder, to those of a model.
  static void add(Map<String, Path> files, String part, Path path) {
    if (Files.isRegularFile(path)) {
      files.put(part + "/" + path.getFileName(), path);
      return;
    }
    try (var inside = Files.list(path)) {
      inside
          .filter(Files::isRegularFile)
          .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
          .forEach(file -> files.put(part + "/" + file.getFileName(), file));
    } catch (IOException e) {
      throw new CheckpointException(path + " cannot be read: " + e.getMessage(), e);
    }
  }

  public Path part(String name) {
    return path.resolve(name);
  }
}
