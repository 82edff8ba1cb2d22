package dev.kontext4j.cli.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How another program says that it made a picture, as far as it can be read.
///
/// @param program its name
/// @param fields names and values in the program's order, ours where they mean the same
public record ForeignRecipe(String program, Map<String, String> fields) {
  /// Python writes NaN.
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /// Names of others for what has a name here.
  private static final Map<String, String> OURS =
      Map.of(
          "positive_prompt", "prompt",
          "negative_prompt", "negative",
          "negativeprompt", "negative");

  /// What a file's texts tell, by the program that is recognised first.
  ///
  /// @param texts by their names, see {@link dev.kontext4j.cli.picture.Metadata#texts}
  public static Optional<ForeignRecipe> of(Map<String, String> texts) {
    return Stream.<Optional<ForeignRecipe>>of(
            comfy(texts), invoke(texts), swarm(texts), mflux(texts), webUi(texts))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /// In PNG files as a text, in WebP files behind a name in an EXIF field.
  private static Optional<ForeignRecipe> comfy(Map<String, String> texts) {
    String prompt =
        texts.containsKey("prompt") ? texts.get("prompt") : behind("prompt:", texts.get("Model"));
    return object(prompt)
        .filter(nodes -> nodes.valueStream().anyMatch(node -> node.has("class_type")))
        .map(nodes -> new ForeignRecipe("ComfyUI", new ComfyGraph(nodes).fields()));
  }

  private static String behind(String name, @Nullable String text) {
    return text != null && text.startsWith(name) ? text.substring(name.length()) : "";
  }

  private static Optional<ForeignRecipe> invoke(Map<String, String> texts) {
    return object(texts.get("invokeai_metadata"))
        .map(json -> new ForeignRecipe("InvokeAI", flat(json)));
  }

  private static Optional<ForeignRecipe> swarm(Map<String, String> texts) {
    return Stream.of("parameters", "UserComment")
        .flatMap(name -> object(texts.get(name)).stream())
        .filter(json -> json.path("sui_image_params").isObject())
        .map(json -> new ForeignRecipe("SwarmUI", flat(json.get("sui_image_params"))))
        .findFirst();
  }

  private static Optional<ForeignRecipe> mflux(Map<String, String> texts) {
    return object(texts.get("UserComment"))
        .filter(json -> json.has("mflux_version"))
        .map(json -> new ForeignRecipe("mflux", flat(json)));
  }

  /// Stable Diffusion web UI, its forks, and stable-diffusion.cpp.
  private static Optional<ForeignRecipe> webUi(Map<String, String> texts) {
    return Stream.of("parameters", "UserComment")
        .flatMap(name -> Optional.ofNullable(texts.get(name)).stream())
        .flatMap(text -> WebUiParameters.read(text).stream())
        .map(fields -> new ForeignRecipe("Stable Diffusion web UI", fields))
        .findFirst();
  }

  private static Optional<JsonNode> object(@Nullable String text) {
    if (text == null || !text.stripLeading().startsWith("{")) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(text)).filter(JsonNode::isObject);
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }

  /// A value's text; of an object its name, if it has one.
  private static String plain(JsonNode value) {
    if (value.path("name").isTextual()) {
      return value.get("name").asText();
    }
    return value.isValueNode() ? value.asText() : value.toString();
  }

  /// The plain values of an object; what is deeper stays JSON. Nothing that is empty.
  private static Map<String, String> flat(JsonNode json) {
    var fields = new LinkedHashMap<String, String>();
    json.propertyStream()
        .forEach(field -> {
          String value = plain(field.getValue());
          if (!value.isEmpty() && !value.equals("null")) {
            String name = field.getKey();
            fields.put(OURS.getOrDefault(name, name.replace('_', ' ')), value);
          }
        });
    return fields;
  }
}
