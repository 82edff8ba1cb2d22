package dev.kontext4j.hub.held;

import dev.kontext4j.hub.lock.LockedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where Hugging Face's tools keep what they fetch: `models--OWNER--NAME/snapshots/REVISION/PATH`,
/// each a link to a blob that is called after its content.
public record HuggingFaceCache(Path path) {

  /// Named by the same variables, in the same order, as those tools read them.
  public static HuggingFaceCache find(Function<String, @Nullable String> variables, Path home) {
    String hub = variables.apply("HF_HUB_CACHE");
    if (hub != null && !hub.isBlank()) {
      return new HuggingFaceCache(Path.of(hub));
    }
    String all = variables.apply("HF_HOME");
    if (all != null && !all.isBlank()) {
      return new HuggingFaceCache(Path.of(all).resolve("hub"));
    }
    String caches = variables.apply("XDG_CACHE_HOME");
    Path cache = caches == null || caches.isBlank() ? home.resolve(".cache") : Path.of(caches);
    return new HuggingFaceCache(cache.resolve("huggingface/hub"));
  }

  /// The folder of a repository.
  public Path repository(String name) {
    return path.resolve("models--" + name.replace("/", "--"));
  }

  /// A small file of the very revision, if it is here and its blob is what its name says. Such
  /// blobs are called as git calls them.
  Optional<Path> small(LockedFile file) {
    Path snapshot =
        repository(file.repository().name())
            .resolve("snapshots")
            .resolve(file.repository().revision())
            .resolve(file.path());
    try {
      if (!Files.isRegularFile(snapshot) || Files.size(snapshot) > 64 << 20) {
        return Optional.empty();
      }
      Path blob = snapshot.toRealPath();
      String name = String.valueOf(blob.getFileName());
      return name.equals(gitName(Files.readAllBytes(blob))) ? Optional.of(blob) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static String gitName(byte[] content) {
    try {
      var sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(sha1.digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-1", e);
    }
  }
}
