package dev.kontext4j.cli.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kontext4j.cli.picture.PictureWriter;
import dev.kontext4j.engine.CacheFolder;
import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.sampler.ModelFolder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  public static CompletableFuture<Optional<Sha256>> begin(ModelFolder model) {
    return CompletableFuture.supplyAsync(
            () -> of(model), task -> Thread.ofPlatform().daemon().name("model hash").start(task))
        .exceptionally(_ -> Optional.empty());
  }

  private static Optional<Sha256> of(ModelFolder model) {
    try {
      var known = new ModelHash(CacheFolder.named(MEMORY));
      return Optional.of(known.of(model.path(), model.files()));
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

  /// The hash of a model.
  ///
  /// @param files as `ModelFolder.files` names them
  Sha256 of(Path folder, List<String> files) throws IOException {
    var list = new StringBuilder();
    for (String name : files) {
      list.append(hash(folder.resolve(name)).digits()).append("  ").append(name).append('\n');
    }
    if (learned) {
      remember();
    }
    return Sha256.of(list.toString().getBytes(StandardCharsets.UTF_8));
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
