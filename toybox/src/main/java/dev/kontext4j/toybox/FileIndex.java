package dev.kontext4j.toybox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kontext4j.engine.weights.Sha256;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What belongs to a model, as `tools/toybox/index` wrote it down.
///
/// @param hash of the index itself, which stands for all that it lists
record FileIndex(List<Entry> entries, Sha256 hash) {

  static FileIndex read(URL url) throws IOException {
    try (var in = url.openStream()) {
      byte[] json = in.readAllBytes();
      var entries = new JsonMapper().readTree(json).valueStream().map(Entry::of).toList();
      return new FileIndex(entries, Sha256.of(json));
    }
  }

  /// A file of the model.
  ///
  /// @param path within the model's folder, with `/` between names
  record Entry(String path, long bytes, Sha256 sha256) {
    static Entry of(JsonNode json) {
      return new Entry(
          json.path("path").asText(),
          json.path("bytes").asLong(),
          new Sha256(json.path("sha256").asText()));
    }

    boolean hasItsSizeIn(Path folder) {
      Path file = folder.resolve(path);
      try {
        return Files.isRegularFile(file) && Files.size(file) == bytes;
      } catch (IOException _) {
        return false;
      }
    }
  }

  /// Whether all files are in a folder, in their sizes. Contents are compared when they are
  /// unpacked; to do so again at each start would cost more than it finds.
  boolean isWholeIn(Path folder) {
    return entries.stream().allMatch(entry -> entry.hasItsSizeIn(folder));
  }

  long bytes() {
    return entries.stream().mapToLong(Entry::bytes).sum();
  }
}
