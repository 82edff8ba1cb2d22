package dev.kontext4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kontext4j.testkit.GoldenFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The one edit that the reference made with every layout of the tiny model.
final class LayoutEdit {
  private LayoutEdit() {}

  /// One of the files.
  static Path file(String name) {
    return GoldenFiles.path("layouts").resolve(name);
  }

  /// The arguments, the cases, and the files of each.
  static JsonNode story() throws IOException {
    return new JsonMapper().readTree(file("layouts.json").toFile());
  }

  /// `kontext edit ... -o OUT` in the reference's arithmetic, but for the model.
  static List<String> arguments(Path out) throws IOException {
    var arguments = new ArrayList<>(List.of("edit"));
    for (JsonNode node : story().get("arguments")) {
      String text = node.asText();
      arguments.add(text.endsWith(".png") ? file(text).toString() : text);
    }
    arguments.addAll(List.of("--dtype", "f32", "-o", out.toString()));
    return arguments;
  }

  /// The tokenizers that its model was read with.
  static List<String> tokenizers() {
    return List.of("--tokenizers", GoldenFiles.path("model").toString());
  }
}
