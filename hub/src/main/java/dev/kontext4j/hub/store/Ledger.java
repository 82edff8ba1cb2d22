package dev.kontext4j.hub.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.file.AtomicFile;
import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.hub.lock.Licence;
import dev.kontext4j.hub.lock.LockedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What is written down beside the models: the hashes of files that had none in the lock when they
/// first came, and the licences that were accepted.
public final class Ledger {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String PINS = "pins";
  private static final String ACCEPTED = "accepted";

  private final Path file;
  private final ObjectNode content;

  private Ledger(Path file, ObjectNode content) {
    this.file = file;
    this.content = content;
  }

  /// Reads the ledger of a folder; an empty one if there is none.
  public static Ledger read(ModelsFolder models) {
    Path file = models.path().resolve("ledger.json");
    if (!Files.exists(file)) {
      return new Ledger(file, JSON.createObjectNode());
    }
    try {
      if (JSON.readTree(file.toFile()) instanceof ObjectNode object) {
        return new Ledger(file, object);
      }
    } catch (IOException _) {
      // said below
    }
    throw new CheckpointException(
        file + " is damaged; delete it, and what has no hash in models.lock is pinned anew");
  }

  /// The file with the hash that it has in the lock, or else that it first came with.
  public LockedFile pinned(LockedFile file) {
    JsonNode pin = content.path(PINS).path(file.key());
    String digits = pin.path("sha256").asText();
    return file.sha256().isPresent() || !Sha256.FORM.matcher(digits).matches()
        ? file
        : file.pinned(new Sha256(digits), pin.path("bytes").asLong());
  }

  /// Writes down what a file first came with.
  void pin(LockedFile found) throws IOException {
    content
        .withObject("/" + PINS)
        .putObject(found.key())
        .put("sha256", found.sha256().orElseThrow().digits())
        .put("bytes", found.size().orElseThrow());
    save();
  }

  public boolean isAccepted(Licence licence) {
    return content.path(ACCEPTED).path(licence.id()).asBoolean(false);
  }

  public void accept(Licence licence) throws IOException {
    content.withObject("/" + ACCEPTED).put(licence.id(), true);
    save();
  }

  private void save() throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    AtomicFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
  }
}
