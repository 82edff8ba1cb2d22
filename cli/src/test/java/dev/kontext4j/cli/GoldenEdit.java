package dev.kontext4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kontext4j.testkit.GoldenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A whole edit as the reference made it: the arguments that ask for it here, and its results.
record GoldenEdit(Path folder, JsonNode story) {

  static List<GoldenEdit> all() throws IOException {
    var edits = new ArrayList<GoldenEdit>();
    try (var folders = Files.list(GoldenFiles.path("edits"))) {
      for (Path folder : (Iterable<Path>) folders.sorted()::iterator) {
        edits.add(named(folder.getFileName().toString()));
      }
    }
    return edits;
  }

  static GoldenEdit named(String name) throws IOException {
    Path folder = GoldenFiles.path("edits/" + name);
    var json = new JsonMapper().readTree(folder.resolve("args.json").toFile());
    return new GoldenEdit(folder, json);
  }

  /// Runs it in the reference's arithmetic.
  ///
  /// @param results the folder where they go
  /// @param more arguments
  Run run(Path results, String... more) {
    var arguments = new ArrayList<>(List.of("edit"));
    for (JsonNode node : story.get("arguments")) {
      String argument = node.asText();
      boolean file = argument.endsWith(".png") || argument.contains(".safetensors");
      arguments.add(file ? folder.resolve(argument).toString() : argument);
    }
    arguments.addAll(List.of("--model", GoldenFiles.path(story.get("model").asText()).toString()));
    arguments.addAll(List.of("-o", results.resolve("out.png").toString()));
    arguments.addAll(List.of("--dtype", "f32"));
    arguments.addAll(List.of(more));
    return Run.of(arguments);
  }

  /// The reference's pictures.
  List<Path> pictures() {
    return story.get("outputs").valueStream().map(name -> folder.resolve(name.asText())).toList();
  }

  Path latents() {
    return folder.resolve("latents.safetensors");
  }

  /// How far the reference itself is from its own latents when it computes in float64.
  double floor() {
    return story.get("floor").get("float64_latents_differ_by").asDouble();
  }

  @Override
  public String toString() {
    return String.valueOf(folder.getFileName());
  }
}
