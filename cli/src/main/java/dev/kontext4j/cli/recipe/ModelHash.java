package dev.kontext4j.cli.recipe;

import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.hub.held.RememberedHashes;
import dev.kontext4j.sampler.ModelFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The hash that stands for a model: that of the list which `sha256sum` prints for its files.
public record ModelHash(RememberedHashes hashes) {

  /// Begins to work a model's hash out. Nothing comes of it where a file cannot be read.
  public static CompletableFuture<Optional<Sha256>> begin(ModelFolder model) {
    return CompletableFuture.supplyAsync(
            () -> of(model), task -> Thread.ofPlatform().daemon().name("model hash").start(task))
        .exceptionally(_ -> Optional.empty());
  }

  private static Optional<Sha256> of(ModelFolder model) {
    try {
      var hash = new ModelHash(RememberedHashes.ofUser());
      return Optional.of(hash.of(model.path(), model.files()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The hash of a model.
  ///
  /// @param files as `ModelFolder.files` names them
  Sha256 of(Path folder, List<String> files) throws IOException {
    var list = new StringBuilder();
    for (String name : files) {
      list.append(hashes.of(folder.resolve(name)).digits()).append("  ").append(name).append('\n');
    }
    hashes.save();
    return Sha256.of(list.toString().getBytes(StandardCharsets.UTF_8));
  }
}
