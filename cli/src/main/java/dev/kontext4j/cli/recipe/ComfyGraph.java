package dev.kontext4j.cli.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// ComfyUI's graph: nodes by number, each with a kind and with inputs, which are values or
/// `[number, output]` of another node. Prompts are found by going up from the node that samples.
final class ComfyGraph {
  private static final String[] SAMPLER_FIELDS = {
    "seed", "noise_seed", "steps", "cfg", "sampler_name", "scheduler", "denoise"
  };
  private static final String[] ANYWHERE = {
    "seed",
    "noise_seed",
    "steps",
    "guidance",
    "sampler_name",
    "scheduler",
    "unet_name",
    "ckpt_name",
    "lora_name",
    "strength_model",
    "width",
    "height"
  };

  /// What makes nothing of a text that is above it only for form's sake.
  private static final String NO_TEXT = "ConditioningZeroOut";

  private static final List<String> TEXTS = List.of("text", "t5xxl", "clip_l", "prompt");

  private final JsonNode nodes;

  ComfyGraph(JsonNode nodes) {
    this.nodes = nodes;
  }

  Map<String, String> fields() {
    var fields = new LinkedHashMap<String, String>();
    sampler()
        .ifPresent(sampler -> {
          text(sampler, "positive").ifPresent(text -> fields.put("prompt", text));
          text(sampler, "negative").ifPresent(text -> fields.put("negative", text));
          put(fields, sampler, SAMPLER_FIELDS);
        });
    nodes
        .valueStream()
        .map(node -> node.path("inputs"))
        .forEach(inputs -> {
          if (!fields.containsKey("prompt") && inputs.path("text").isTextual()) {
            fields.put("prompt", inputs.get("text").asText());
          }
          put(fields, inputs, ANYWHERE);
        });
    return fields;
  }

  private static void put(Map<String, String> fields, JsonNode inputs, String... names) {
    for (String name : names) {
      JsonNode value = inputs.path(name);
      if (value.isValueNode()) {
        String ours = name.equals("noise_seed") ? "seed" : name.replace('_', ' ');
        fields.putIfAbsent(ours, value.asText());
      }
    }
  }

  /// The inputs of the node that has both prompts, or one.
  private Optional<JsonNode> sampler() {
    return nodes
        .valueStream()
        .map(node -> node.path("inputs"))
        .filter(inputs -> inputs.path("positive").isArray())
        .findFirst();
  }

  /// The nearest text above an input, node by node and each but once: graphs may have circles.
  private Optional<String> text(JsonNode inputs, String name) {
    var next = new ArrayDeque<JsonNode>(List.of(inputs.path(name)));
    var seen = new HashSet<String>();
    while (!next.isEmpty()) {
      JsonNode link = next.remove();
      if (!link.isArray() || !seen.add(link.path(0).asText())) {
        continue;
      }
      JsonNode node = nodes.path(link.path(0).asText());
      if (node.path("class_type").asText().equals(NO_TEXT)) {
        return Optional.empty();
      }
      JsonNode above = node.path("inputs");
      for (String field : TEXTS) {
        if (above.path(field).isTextual()) {
          return Optional.of(above.get(field).asText());
        }
      }
      above.forEach(next::add);
    }
    return Optional.empty();
  }
}
