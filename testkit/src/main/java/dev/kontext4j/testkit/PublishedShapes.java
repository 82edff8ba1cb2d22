package dev.kontext4j.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Names and shapes of published networks in their full size, as diffusers and transformers have
/// them.
public final class PublishedShapes {
  private PublishedShapes() {}

  public static Map<String, List<Long>> of(String network) throws IOException {
    JsonNode all = new JsonMapper().readTree(GoldenFiles.path("shapes.json").toFile());
    JsonNode golden = all.required(network);
    var shapes = new LinkedHashMap<String, List<Long>>();
    golden
        .path("tensors")
        .propertyStream()
        .forEach(field -> {
          String name = field.getKey();
          var shape = field.getValue().valueStream().map(JsonNode::asLong).toList();
          int star = name.indexOf(".*.");
          int count = star < 0 ? 1 : golden.path("blocks").path(name.substring(0, star)).asInt();
          for (int i = 0; i < count; i++) {
            shapes.put(name.replace(".*.", "." + i + "."), shape);
          }
        });
    return shapes;
  }
}
