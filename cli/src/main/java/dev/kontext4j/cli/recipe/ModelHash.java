package dev.kontext4j.cli.recipe;

import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.hub.held.RememberedHashes;
import dev.kontext4j.sampler.ModelFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;

/// The hash that stands for a model: that of the list which `sha256sum` prints for its files.
public record ModelHash(RememberedHashes hashes) {

  /// Begins to work a model's hash out. Nothing comes of it where a file cannot be read.
  public static CompletableFuture<Optional<Hashed>> begin(ModelFiles model) {
    return CompletableFuture.supplyAsync(
            () -> of(model), task -> Thread.ofPlatform().daemon().name("model hash").start(task))
        .exceptionally(_ -> Optional.empty());
  }

  private static Optional<Hashed> of(ModelFiles model) {
    try {
      var files = new ModelHash(RememberedHashes.ofUser()).of(model.files());
      return Optional.of(new Hashed(whole(files), model.isFolder() ? Map.of() : files));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
    files.forEach(
        (name, hash) -> list.append(hash.digits()).append("  ").append(name).append('\n'));
    return Sha256.of(list.toString().getBytes(StandardCharsets.UTF_8));
  }

  /// The hashes of files, in the order of their names.
  Map<String, Sha256> of(SortedMap<String, Path> files) throws IOException {
    var byName = new LinkedHashMap<String, Sha256>();
    for (var file : files.entrySet()) {
      byName.put(file.getKey(), hashes.of(file.getValue()));
    }
    hashes.save();
    return byName;
  }
}
