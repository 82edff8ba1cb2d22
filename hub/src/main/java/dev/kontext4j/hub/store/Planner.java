package dev.kontext4j.hub.store;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.hub.held.HeldFiles;
import dev.kontext4j.hub.held.RememberedHashes;
import dev.kontext4j.hub.lock.LockedFile;
import dev.kontext4j.hub.lock.ModelSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Finds out what is to be done for a set: what is here, what is elsewhere on this machine, and
/// what must be fetched.
///
/// @param working is told what takes its time
record Planner(
    ModelsFolder models,
    Ledger ledger,
    HeldFiles held,
    RememberedHashes hashes,
    Consumer<String> working) {

  PullPlan plan(ModelSet set) {
    return new PullPlan(
        set, models.of(set), set.parts().stream().map(part -> step(set, part)).toList());
  }

  private Step step(ModelSet set, ModelSet.Part part) {
    Path place = models.of(set, part);
    return switch (part) {
      case ModelSet.Written written ->
          Files.exists(place) ? new Step.Here(written) : new Step.Write(written);
      case ModelSet.Fetched fetched -> step(fetched, ledger.pinned(fetched.file()), place);
    };
  }

  private Step step(ModelSet.Fetched part, LockedFile file, Path place) {
    if (Files.exists(place)) {
      require(file, place);
      return new Step.Here(part);
    }
    return held.find(file, place)
        .<Step>map(source -> new Step.Link(part, file, source, isOurs(source)))
        .orElseGet(() -> new Step.Fetch(part, file));
  }

  private boolean isOurs(Path source) {
    return source.toAbsolutePath().startsWith(models.path()) && !Files.isSymbolicLink(source);
  }

  /// What is here must be right: it is neither used wrong nor overwritten in silence.
  private void require(LockedFile file, Path place) {
    try {
      long size = Files.size(place);
      if (file.size().orElse(size) != size) {
        throw wrong(place, "%d bytes and should have %d".formatted(size, file.size().getAsLong()));
      }
      if (hashes.known(place).isEmpty()) {
        working.accept("reading " + place);
      }
      Sha256 hash = hashes.of(place);
      if (file.sha256().isPresent() && !file.sha256().get().equals(hash)) {
        throw wrong(
            place,
            "the sha256 %s and should have %s"
                .formatted(hash.digits(), file.sha256().get().digits()));
      }
    } catch (IOException e) {
      throw new CheckpointException(place + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static CheckpointException wrong(Path place, String what) {
    return new CheckpointException(
        "%s has %s; move it away and run this again, it is not overwritten".formatted(place, what));
  }
}
