package dev.kontext4j.engine.weights;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kontext4j.engine.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The `config.json` of a model: its fields by name, with a clear error for each that is missing,
/// of the wrong kind, or out of any sensible range.
public final class ModelConfig {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Path file;
  private final JsonNode root;

  private ModelConfig(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  public static ModelConfig read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new CheckpointException(
          file + " is missing; a model folder needs it, fetch the model again");
    }
    try {
      return parse(file, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new CheckpointException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /// The config in a text.
  ///
  /// @param file where the text comes from, for messages
  public static ModelConfig parse(Path file, byte[] utf8) {
    try {
      JsonNode root = JSON.readTree(utf8);
      if (!root.isObject()) {
        throw new CheckpointException(file + " is not a JSON object; fetch the model again");
      }
      return new ModelConfig(file, root);
    } catch (JacksonException e) {
      throw new CheckpointException(
          file
              + " is not valid JSON ("
              + e.getOriginalMessage().replaceFirst(" \\(start marker at .*", "")
              + "); fetch the model again",
          e);
    } catch (IOException e) {
      throw new CheckpointException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /// The object of that name within this one; this one itself if it has none.
  public ModelConfig within(String name) {
    JsonNode node = root.path(name);
    return node.isObject() ? new ModelConfig(file, node) : this;
  }

  /// Whether the field is there and not null.
  public boolean has(String name) {
    return root.hasNonNull(name);
  }

  /// A size, at least 1.
  public int size(String name) {
    return from(1, name);
  }

  /// How many there are of something, perhaps none.
  public int count(String name) {
    return from(0, name);
  }

  private int from(int least, String name) {
    JsonNode node = required(name);
    if (!node.isInt() || node.intValue() < least) {
      throw wrong(name, "a whole number from " + least + " on", node);
    }
    return node.intValue();
  }

  public int size(String name, int orElse) {
    return has(name) ? size(name) : orElse;
  }

  public List<Integer> sizes(String name) {
    return sizes(name, required(name));
  }

  /// A list of lists of sizes.
  public List<List<Integer>> lists(String name) {
    JsonNode node = required(name);
    var lists = new ArrayList<List<Integer>>();
    for (JsonNode element : node) {
      lists.add(sizes(name, element));
    }
    if (lists.isEmpty()) {
      throw wrong(name, "a list of lists of whole numbers from 1 on", node);
    }
    return List.copyOf(lists);
  }

  private List<Integer> sizes(String name, JsonNode node) {
    var sizes = new ArrayList<Integer>();
    for (JsonNode element : node) {
      if (!element.isInt() || element.intValue() < 1) {
        throw wrong(name, "a list of whole numbers from 1 on", node);
      }
      sizes.add(element.intValue());
    }
    if (sizes.isEmpty()) {
      throw wrong(name, "a list of whole numbers from 1 on", node);
    }
    return List.copyOf(sizes);
  }

  /// A whole number that may be anything, such as a token id.
  public int integer(String name, int orElse) {
    if (!has(name)) {
      return orElse;
    }
    JsonNode node = required(name);
    if (!node.isInt()) {
      throw wrong(name, "a whole number", node);
    }
    return node.intValue();
  }

  public double number(String name, double orElse) {
    if (!has(name)) {
      return orElse;
    }
    JsonNode node = required(name);
    if (!node.isNumber()) {
      throw wrong(name, "a number", node);
    }
    return node.doubleValue();
  }

  public boolean flag(String name, boolean orElse) {
    if (!has(name)) {
      return orElse;
    }
    JsonNode node = required(name);
    if (!node.isBoolean()) {
      throw wrong(name, "true or false", node);
    }
    return node.booleanValue();
  }

  public Optional<String> text(String name) {
    return has(name) ? Optional.of(required(name).asText()) : Optional.empty();
  }

  /// The elements of a list of texts; empty without the field.
  public List<String> texts(String name) {
    var texts = new ArrayList<String>();
    root.path(name).forEach(node -> texts.add(node.asText()));
    return List.copyOf(texts);
  }

  /// All fields as plain Java values.
  public Map<String, Object> fields() {
    return JSON.convertValue(root, new TypeReference<>() {});
  }

  /// Fails unless the condition holds, naming what is not supported.
  public void require(boolean condition, String what) {
    if (!condition) {
      throw new CheckpointException(file + ": " + what);
    }
  }

  private JsonNode required(String name) {
    if (!has(name)) {
      throw new CheckpointException(
          file + " has no field \"" + name + "\"; is it the config of another kind of model?");
    }
    return root.get(name);
  }

  private CheckpointException wrong(String name, String expected, JsonNode found) {
    return new CheckpointException(
        file + ": \"" + name + "\" must be " + expected + ", but is " + found);
  }
}
