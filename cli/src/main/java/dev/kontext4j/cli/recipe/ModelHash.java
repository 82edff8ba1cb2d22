package dev.kontext4j.cli.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kontext4j.cli.picture.PictureWriter;
import dev.kontext4j.engine.CacheFolder;
import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.sampler.ModelFiles;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;

/// The hash that stands for a model: that of the list which `sha256sum` prints for its files.
///
/// Weights are large, so hashes are kept by path, size and time; a file that has not changed is not
/// read again.
public final class ModelHash {
  private static final JsonMapper JSON = new JsonMapper();

  private static final String MEMORY = "hashes.json";

  private final Path memory;
  private final ObjectNode known;
  private boolean learned;

  /// @param memory the file that hashes are kept in; it need not be there
  ModelHash(Path memory) {
    this.memory = memory;
    this.known = remembered(memory);
  }

  /// Begins to work a model's hash out. Nothing comes of it where a file cannot be read.
  public static CompletableFuture<Optional<Hashed>> begin(ModelFiles model) {
    return CompletableFuture.supplyAsync(
            () -> of(model), task -> Thread.ofPlatform().daemon().name("model hash").start(task))
        .exceptionally(_ -> Optional.empty());
  }

  private static Optional<Hashed> of(ModelFiles model) {
    try {
      var known = new ModelHash(CacheFolder.named(MEMORY));
      var files = known.of(model.files());
      return Optional.of(new Hashed(whole(files), model.isFolder() ? Map.of() : files));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode remembered(Path memory) {
    try {
      return JSON.readTree(memory.toFile()) instanceof ObjectNode object
          ? object
          : JSON.createObjectNode();
    } catch (IOException _) {
      return JSON.createObjectNode(); // missing, or damaged: it is only a memory
    }
  }

  /// What is known of a model's files.
  ///
  /// @param whole the hash that stands for the model
  /// @param parts those of its files, if they do not come from one folder
  public record Hashed(Sha256 whole, Map<String, Sha256> parts) {}

  /// The hash that stands for a model of such files.
  static Sha256 whole(Map<String, Sha256> files) {
    var list = new StringBuilder();
    files.forEach((name, hash) -> list.append(hash.digits()).append("  ").append(name).append('\n'));
    return Sha256.of(list.toString().getBytes(StandardCharsets.UTF_8));
  }

  /// The hashes of files, in the order of their names.
  Map<String, Sha256> of(SortedMap<String, Path> files) throws IOException {
    var hashes = new LinkedHashMap<String, Sha256>();
    for (var file : files.entrySet()) {
      hashes.put(file.getKey(), hash(file.getValue()));
    }
    if (learned) {
      remember();
    }
    return hashes;
  }

  private Sha256 hash(Path file) throws IOException {
    String path = file.toRealPath().toString();
    long bytes = Files.size(file);
    long time = Files.getLastModifiedTime(file).toMillis();
    JsonNode entry = known.path(path);
    String digits = entry.path("sha256").asText();
    boolean same = entry.path("bytes").asLong(-1) == bytes && entry.path("time").asLong(-1) == time;
    if (same && Sha256.FORM.matcher(digits).matches()) {
      return new Sha256(digits);
    }
    Sha256 hash = Sha256.of(file);
    known.putObject(path).put("bytes", bytes).put("time", time).put("sha256", hash.digits());
    learned = true;
    return hash;
  }

  /// Files that have gone are forgotten. Where nothing can be written, the next run hashes again.
  private void remember() {
    var gone =
        known
            .propertyStream()
            .map(Map.Entry::getKey)
            .filter(path -> !new File(path).exists()) // of any text, while a Path is not
            .toList();
    known.remove(gone);
    try {
      Files.createDirectories(memory.toAbsolutePath().getParent());
      PictureWriter.write(memory, JSON.writeValueAsBytes(known));
    } catch (IOException _) {
      return;
    }
  }
}
