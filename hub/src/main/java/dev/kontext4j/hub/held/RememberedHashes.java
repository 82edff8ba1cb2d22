package dev.kontext4j.hub.held;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kontext4j.engine.CacheFolder;
import dev.kontext4j.engine.file.AtomicFile;
import dev.kontext4j.engine.file.FileStamp;
import dev.kontext4j.engine.weights.Sha256;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Hashes of files, kept by path, size and time: weights are large, and a file that has not changed
/// need not be read again.
public final class RememberedHashes {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path memory;
  private final ObjectNode known;
  private boolean learned;

  /// @param memory the file that hashes are kept in; it need not be there
  public RememberedHashes(Path memory) {
    this.memory = memory;
    this.known = remembered(memory);
  }

  /// Those of this user.
  public static RememberedHashes ofUser() {
    return new RememberedHashes(CacheFolder.named("hashes.json"));
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

  /// The hash of a file, which is read if need be.
  public Sha256 of(Path file) throws IOException {
    var remembered = known(file);
    if (remembered.isPresent()) {
      return remembered.get();
    }
    var before = FileStamp.of(file);
    Sha256 hash = Sha256.of(file);
    if (before.equals(FileStamp.of(file))) { // else somebody is writing it
      learn(before, hash);
    }
    return hash;
  }

  /// The hash of a file if it can be told without reading it.
  public Optional<Sha256> known(Path file) throws IOException {
    return known(FileStamp.of(file));
  }

  /// As above, if somebody has worked it out since these were read, too.
  public Optional<Sha256> knownByNow(FileStamp stamp) {
    if (known(stamp).isEmpty()) {
      new RememberedHashes(memory).known(stamp).ifPresent(hash -> learn(stamp, hash));
    }
    return known(stamp);
  }

  private Optional<Sha256> known(FileStamp stamp) {
    JsonNode entry = known.path(stamp.path());
    String digits = entry.path("sha256").asText();
    boolean same =
        entry.path("bytes").asLong(-1) == stamp.bytes()
            && entry.path("time").asLong(-1) == stamp.time();
    return same && Sha256.FORM.matcher(digits).matches()
        ? Optional.of(new Sha256(digits))
        : Optional.empty();
  }

  /// Remembers the hash of a file that somebody has just worked out.
  public void learn(Path file, Sha256 hash) throws IOException {
    learn(FileStamp.of(file), hash);
  }

  private void learn(FileStamp stamp, Sha256 hash) {
    known
        .putObject(stamp.path())
        .put("bytes", stamp.bytes())
        .put("time", stamp.time())
        .put("sha256", hash.digits());
    learned = true;
  }

  /// Keeps what was learned. Files that have gone are forgotten. Where nothing can be written, the
  /// next run hashes again.
  public void save() {
    if (!learned) {
      return;
    }
    var gone =
        known
            .propertyStream()
            .map(Map.Entry::getKey)
            .filter(path -> !new File(path).exists()) // of any text, while a Path is not
            .toList();
    known.remove(gone);
    try {
      Files.createDirectories(memory.toAbsolutePath().getParent());
      AtomicFile.write(memory, JSON.writeValueAsBytes(known));
      learned = false;
    } catch (IOException _) {
      return;
    }
  }
}
