package dev.kontext4j.hub.store;

import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.hub.held.RememberedHashes;
import dev.kontext4j.hub.lock.LockedFile;
import dev.kontext4j.hub.lock.ModelSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads every byte of a set again and compares its hashes with the lock, or with what was pinned.
public record Verification(
    ModelsFolder models, Ledger ledger, RememberedHashes hashes, Consumer<String> working) {

  /// What is wrong with a part, if anything is.
  public record Finding(String place, Optional<String> problem) {}

  public List<Finding> of(ModelSet set) {
    var findings =
        set.parts().stream()
            .map(part -> new Finding(part.place(), problem(part, models.of(set, part))))
            .toList();
    hashes.save();
    return findings;
  }

  private Optional<String> problem(ModelSet.Part part, Path place) {
    if (!Files.exists(place)) {
      return Optional.of("is missing");
    }
    return part instanceof ModelSet.Fetched fetched
        ? problem(ledger.pinned(fetched.file()), place)
        : Optional.empty(); // a configuration may be changed by its user
  }

  private Optional<String> problem(LockedFile file, Path place) {
    if (file.sha256().isEmpty()) {
      return Optional.of("has no hash to compare with");
    }
    working.accept("reading " + place);
    try {
      Sha256 hash = Sha256.of(place);
      hashes.learn(place, hash);
      return hash.equals(file.sha256().get())
          ? Optional.empty()
          : Optional.of("is damaged: its sha256 is " + hash.digits());
    } catch (IOException e) {
      return Optional.of("cannot be read: " + e.getMessage());
    }
  }
}
