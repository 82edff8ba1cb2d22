package dev.kontext4j.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.hub.lock.LockedFile;
import dev.kontext4j.hub.lock.ModelSet;
import dev.kontext4j.hub.lock.ModelsLock;
import dev.kontext4j.testkit.GoldenFiles;
import dev.kontext4j.testkit.hub.FakeHub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// A lock with a set of models.lock whose files are those of the tiny model: the same name, places,
/// repositories and kinds of files, other sizes.
final class TinySets {
  private static final Map<String, String> SMALLER =
      Map.of(
          "transformer/config.json",
              """
              {"attention_head_dim": 32, "num_attention_heads": 1, "axes_dims_rope": [4, 14, 14],
               "joint_attention_dim": 64, "pooled_projection_dim": 64,
               "num_layers": 1, "num_single_layers": 2}
              """,
          "vae/config.json",
              """
              {"block_out_channels": [32, 32], "layers_per_block": 1,
               "down_block_types": ["DownEncoderBlock2D", "DownEncoderBlock2D"],
               "up_block_types": ["UpDecoderBlock2D", "UpDecoderBlock2D"]}
              """,
          "text_encoder/config.json",
              """
              {"hidden_size": 64, "intermediate_size": 64, "num_attention_heads": 1,
               "num_hidden_layers": 1, "vocab_size": 674}
              """,
          "text_encoder_2/config.json",
              """
              {"d_ff": 64, "d_kv": 16, "d_model": 64, "num_heads": 2, "num_layers": 2,
               "vocab_size": 258}
              """);

  private final JsonMapper json = new JsonMapper();
  private final StringBuilder files = new StringBuilder();
  private final StringBuilder places = new StringBuilder();
  private final Set<String> repositories = new LinkedHashSet<>();
  private final FakeHub hub;
  private final ModelSet set;
  private final Map<String, String> weights;

  private TinySets(FakeHub hub, ModelSet set, Map<String, String> weights) {
    this.hub = hub;
    this.set = set;
    this.weights = weights;
  }

  /// Has a hub offer a set's files, and returns the lock that lists them.
  ///
  /// @param weights the tiny model's files for the set's folders
  static String offered(FakeHub hub, String name, Map<String, String> weights) throws IOException {
    var set = ModelsLock.packed().set(name).orElseThrow();
    return new TinySets(hub, set, weights).lock();
  }

  private String lock() throws IOException {
    for (ModelSet.Part part : set.parts()) {
      switch (part) {
        case ModelSet.Fetched(String place, LockedFile file) -> offer(place, file);
        case ModelSet.Written(String place, String text) ->
            add("config", place, config(place, text));
      }
    }
    return """
    schema = 1
    [licence.terms]
    name = "Terms of a Test"
    page = "https://example.org/terms"
    accept = true
    %s%s[set.%s]
    about = "%s"
    edits = true
    place = [
    %s]
    """
        .formatted(String.join("", repositories), files, set.name(), set.about(), places);
  }

  private void offer(String place, LockedFile file) throws IOException {
    byte[] content = content(place);
    var repository = file.repository();
    hub.put(repository.name(), repository.revision(), file.path(), content);
    String id = repository.name().replaceAll("[^A-Za-z0-9]", "-");
    repositories.add(
        """
        [repository.%s]
        name = "%s"
        revision = "%s"
        """
            .formatted(id, repository.name(), repository.revision()));
    add(
        "file",
        place,
        """
        repository = "%s"
        path = "%s"
        size = %d
        sha256 = "%s"
        sure = "one"
        source = "a test"
        role = "%s"
        licence = "terms"
        """
            .formatted(id, file.path(), content.length, Sha256.of(content).digits(), file.role()));
  }

  private byte[] content(String place) throws IOException {
    String part = place.substring(0, place.lastIndexOf('/') + 1);
    if (part.isEmpty()) {
      return "the licence".getBytes(StandardCharsets.UTF_8);
    }
    String weight = weights.get(part);
    return Files.readAllBytes(
        weight == null ? GoldenFiles.path("model").resolve(place) : LayoutEdit.file(weight));
  }

  /// The set's own config with the tiny model's sizes in it.
  private String config(String place, String text) throws IOException {
    var config = (ObjectNode) json.readTree(text);
    config.setAll((ObjectNode) json.readTree(SMALLER.getOrDefault(place, "{}")));
    return "text = '%s'%n".formatted(config);
  }

  private void add(String kind, String place, String entry) {
    String id = place.replaceAll("[^A-Za-z0-9]", "-");
    files.append("[%s.%s]%n%s".formatted(kind, id, entry));
    places.append("  { %s = \"%s\", at = \"%s\" },%n".formatted(kind, id, place));
  }
}
