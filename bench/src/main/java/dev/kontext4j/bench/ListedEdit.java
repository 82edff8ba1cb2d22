package dev.kontext4j.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;

/// One line of a manifest: `{"id": "a", "prompt": "make it red", "pictures": ["a.png"], "seed": 7,
/// "width": 128, "height": 128}`, where the sides may be left out, and pictures are named as seen
/// from the manifest.
record ListedEdit(
    String id,
    String prompt,
    List<Path> pictures,
    long seed,
    OptionalInt width,
    OptionalInt height) {
  private static final JsonMapper JSON = new JsonMapper();

  /// All edits of a manifest.
  ///
  /// @throws IllegalArgumentException naming the line that is not an edit
  static List<ListedEdit> all(Path manifest) throws IOException {
    var edits = new ArrayList<ListedEdit>();
    var ids = new HashSet<String>();
    int number = 0;
    for (String line : Files.readAllLines(manifest)) {
      number++;
      try {
        var edit = of(JSON.readTree(line), manifest);
        require(ids.add(edit.id), "the id \"" + edit.id + "\" is there twice");
        edits.add(edit);
      } catch (JsonProcessingException | IllegalArgumentException e) {
        String reason =
            e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        throw new IllegalArgumentException(manifest + ", line " + number + ": " + reason, e);
      }
    }
    return edits;
  }

  private static ListedEdit of(JsonNode json, Path manifest) {
    String id = json.path("id").asText();
    require(id.matches("[\\w.-]+"), "\"id\" must be the name of a file");
    require(json.path("prompt").isTextual(), "\"prompt\" must be a text");
    require(json.path("pictures").isArray(), "\"pictures\" must be a list of files");
    require(json.path("seed").canConvertToLong(), "\"seed\" must be a whole number");
    var pictures =
        json.get("pictures")
            .valueStream()
            .map(file -> manifest.resolveSibling(file.asText()))
            .toList();
    return new ListedEdit(
        id,
        json.get("prompt").asText(),
        pictures,
        json.get("seed").longValue(),
        side(json, "width"),
        side(json, "height"));
  }

  private static OptionalInt side(JsonNode json, String name) {
    if (!json.has(name)) {
      return OptionalInt.empty();
    }
    require(json.get(name).canConvertToInt(), "\"" + name + "\" must be a whole number");
    return OptionalInt.of(json.get(name).intValue());
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
