package dev.kontext4j.lora;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an adapter's file says of its making. Nothing of it is needed, and nothing of it is sure.
///
/// @param trainer the program
/// @param base the model it was trained on, in the file's own words
/// @param triggers words to use in a prompt
public record Origin(Optional<String> trainer, Optional<String> base, List<String> triggers) {
  private static final int MOST_TRIGGERS = 8;
  private static final int LONGEST = 120;
  private static final JsonMapper JSON = new JsonMapper();

  private static final List<String> BASES =
      List.of(
          "modelspec.architecture",
          "ss_base_model_version",
          "ss_sd_model_name",
          "base_model",
          "ss_architecture");
  private static final List<String> TRIGGERS =
      List.of("modelspec.trigger_phrase", "trigger_word", "trigger_words", "instance_prompt");

  static Origin of(Map<String, String> metadata) {
    var bases =
        BASES.stream()
            .map(metadata::get)
            .flatMap(Stream::ofNullable)
            .filter(text -> !text.isBlank() && !text.equals("None"))
            .toList();
    // of several, the one that says most
    var base =
        bases.stream().filter(Origin::saysKontext).findFirst().or(() -> bases.stream().findFirst());
    return new Origin(trainer(metadata), base.map(Origin::cut), triggers(metadata));
  }

  /// Whether it says that it was trained for Kontext; empty if it does not say for what.
  public Optional<Boolean> forKontext() {
    return base.map(Origin::saysKontext);
  }

  private static boolean saysKontext(String text) {
    return text.toLowerCase(Locale.ROOT).contains("kontext");
  }

  private static Optional<String> trainer(Map<String, String> metadata) {
    String software = json(metadata.get("software")).path("name").asText("");
    if (!software.isBlank()) {
      return Optional.of(cut(software));
    }
    if (metadata.keySet().stream().anyMatch(key -> key.startsWith("ot_"))) {
      return Optional.of("OneTrainer");
    }
    String module = metadata.getOrDefault("ss_network_module", "");
    if (module.contains("musubi") || metadata.containsKey("ss_dit")) {
      return Optional.of("musubi-tuner");
    }
    if (metadata.keySet().stream().anyMatch(key -> key.startsWith("ss_"))) {
      return Optional.of("sd-scripts");
    }
    return metadata.containsKey("lora_adapter_metadata")
        ? Optional.of("diffusers")
        : Optional.empty();
  }

  private static List<String> triggers(Map<String, String> metadata) {
    var named =
        TRIGGERS.stream().map(metadata::get).flatMap(Stream::ofNullable).filter(t -> !t.isBlank());
    return Stream.concat(named, tags(metadata))
        .map(Origin::cut)
        .distinct()
        .limit(MOST_TRIGGERS)
        .toList();
  }

  /// The tags that sd-scripts counted most, over all sets of pictures.
  private static Stream<String> tags(Map<String, String> metadata) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (JsonNode set : json(metadata.get("ss_tag_frequency"))) {
      set.properties()
          .forEach(tag -> counts.merge(tag.getKey().strip(), tag.getValue().asLong(), Long::sum));
    }
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .map(Map.Entry::getKey);
  }

  private static JsonNode json(@Nullable String text) {
    try {
      return JSON.readTree(text == null ? "{}" : text);
    } catch (JsonProcessingException _) {
      return JSON.createObjectNode();
    }
  }

  private static String cut(String text) {
    String line = text.strip();
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
  }
}
