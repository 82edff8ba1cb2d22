package dev.kontext4j.cli.recipe;

import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.hub.held.RememberedHashes;
import dev.kontext4j.sampler.ModelFiles;
import dev.kontext4j.sampler.PartKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/// The hash that stands for a model: that of the list which `sha256sum` prints for its files.
public record ModelHash(RememberedHashes hashes) {
  private static final List<String> TEXT = List.of(PartKind.CLIP.folder(), PartKind.T5.folder());

  /// Begins to work a model's hash out. Nothing comes of it where a file cannot be read.
  ///
  /// @param remembered is told when the hashes of its files are remembered
  public static CompletableFuture<Optional<Hashed>> begin(ModelFiles model, Runnable remembered) {
    return CompletableFuture.supplyAsync(
            () -> Optional.of(hashed(model, now(model.files(), remembered))), ModelHash::start)
        .exceptionally(_ -> Optional.empty());
  }

  /// As above, where nobody waits for that.
  public static CompletableFuture<Optional<Hashed>> begin(ModelFiles model) {
    return begin(model, () -> {});
  }

  /// Begins to work the hashes of its text encoders out.
  ///
  /// @param remembered is told when they are remembered
  public static void beginText(ModelFiles model, Runnable remembered) {
    var files = new TreeMap<>(model.files());
    files.keySet().removeIf(name -> TEXT.stream().noneMatch(part -> name.startsWith(part + "/")));
    start(() -> {
      try {
        now(files, remembered);
      } catch (UncheckedIOException _) {
        return; // then they are not known
      }
    });
  }

  private static void start(Runnable task) {
    Thread.ofPlatform().daemon().name("model hash").start(task);
  }

  private static Map<String, Sha256> now(SortedMap<String, Path> files, Runnable remembered) {
    try {
      var hashes = new ModelHash(RememberedHashes.ofUser()).of(files);
      remembered.run();
      return hashes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Hashed hashed(ModelFiles model, Map<String, Sha256> files) {
    return new Hashed(whole(files), model.isFolder() ? Map.of() : files);
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
