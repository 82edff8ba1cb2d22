package dev.kontext4j.sampler;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.weights.ModelConfig;
import dev.kontext4j.sampler.schedule.SchedulerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A model as diffusers lays it out: a folder with `model_index.json` and one folder a part.
public record ModelFolder(Path path) {
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
    var index = ModelConfig.read(path.resolve("model_index.json"));
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

  SchedulerConfig scheduler() {
    return SchedulerConfig.from(
        ModelConfig.read(part("scheduler").resolve("scheduler_config.json")).fields());
  }

  public Path part(String name) {
    return path.resolve(name);
  }
}
