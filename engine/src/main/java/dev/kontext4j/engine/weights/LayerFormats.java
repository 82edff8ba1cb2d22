package dev.kontext4j.engine.weights;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.file.WeightFile;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What ComfyUI's newer files say of how a layer is packed: a JSON text beside its weight (as a
/// tensor of bytes, `X.comfy_quant`), or one for all layers in the file's metadata.
record LayerFormats(Checkpoint checkpoint) {
  static final String BESIDE = "comfy_quant";

  private static final String FOR_ALL = "_quantization_metadata";
  private static final JsonMapper JSON = new JsonMapper();

  /// What is said of a layer.
  ///
  /// @param name as ComfyUI calls it
  /// @param rotated whether its numbers are turned by a matrix that ComfyUI knows
  record Format(String name, boolean rotated) {
    private static Format of(JsonNode node) {
      return new Format(node.path("format").asText(), node.path("convrot").asBoolean());
    }
  }

  /// What is said of the layer with that name, without a dot at its end.
  Optional<Format> of(String layer) {
    String beside = layer + "." + BESIDE;
    return checkpoint
        .find(beside)
        .filter(entry -> entry.dtype().equals(Optional.of(DType.U8)))
        .map(_ -> parsed(text(beside)))
        .or(() -> forAll(layer))
        .map(Format::of);
  }

  private Optional<JsonNode> forAll(String layer) {
    return checkpoint.files().stream()
        .map(WeightFile::metadata)
        .filter(metadata -> metadata.containsKey(FOR_ALL))
        .map(metadata -> parsed(metadata.getOrDefault(FOR_ALL, "")).path("layers"))
        .filter(layers -> layers.has(layer))
        .map(layers -> layers.path(layer))
        .findFirst();
  }

  private String text(String name) {
    try (var _ = Scope.open()) {
      return new String(checkpoint.tensor(name).toBytes(), StandardCharsets.UTF_8);
    }
  }

  private JsonNode parsed(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return node.isObject() ? node : JsonNodeFactory.instance.objectNode();
    } catch (JacksonException e) {
      throw new CheckpointException(
          "%s: what it says of its own layers is not valid JSON; get another version of the model"
              .formatted(checkpoint.path()),
          e);
    }
  }
}
