package dev.kontext4j.lora;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.kontext4j.engine.CheckpointException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// What diffusers writes beside the tensors: PEFT's settings of each network, of which those about
/// alpha matter. Without them a product is taken as it is.
record PeftSettings(JsonNode root) {
  private static final String KEY = "lora_adapter_metadata";
  private static final Pattern HARMLESS = Pattern.compile("(?:[\\w.^$-]|\\\\\\.){1,300}");

  static PeftSettings of(Path file, Map<String, String> metadata) {
    String text = metadata.get(KEY);
    if (text == null) {
      return new PeftSettings(MissingNode.getInstance());
    }
    try {
      return new PeftSettings(new JsonMapper().readTree(text));
    } catch (JsonProcessingException e) {
      throw new CheckpointException(
          file + ": its " + KEY + " is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  /// What a product is multiplied with.
  ///
  /// @param layer as the file calls it: `transformer.` or `text_encoder.` and the module's path
  double scale(String layer, long rank) {
    String network = layer.startsWith("text_encoder.") ? "text_encoder." : "transformer.";
    String module = layer.startsWith(network) ? layer.substring(network.length()) : layer;
    var alpha = alpha(network, module);
    boolean root = this.root.path(network + "use_rslora").asBoolean(false);
    double divisor = root ? Math.sqrt((double) rank) : (double) rank;
    return alpha.isPresent() ? alpha.getAsDouble() / divisor : 1;
  }

  private OptionalDouble alpha(String network, String module) {
    for (var entry : root.path(network + "alpha_pattern").properties()) {
      if (means(entry.getKey(), module) && entry.getValue().isNumber()) {
        return OptionalDouble.of(entry.getValue().doubleValue());
      }
    }
    var alpha = root.path(network + "lora_alpha");
    return alpha.isNumber() ? OptionalDouble.of(alpha.doubleValue()) : OptionalDouble.empty();
  }

  /// Patterns are regular expressions for the end of a path. Only simple ones are taken as such:
  /// others could take for ever.
  private static boolean means(String pattern, String module) {
    return HARMLESS.matcher(pattern).matches()
        ? Pattern.compile("(.*\\.)?(" + pattern + ")").matcher(module).matches()
        : module.endsWith(pattern);
  }
}
