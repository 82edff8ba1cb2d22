package dev.kontext4j.hub.store;

import dev.kontext4j.engine.file.AtomicFile;
import dev.kontext4j.hub.fetch.FetchException;
import dev.kontext4j.hub.fetch.FetchListener;
import dev.kontext4j.hub.fetch.FileFetch;
import dev.kontext4j.hub.fetch.Unfinished;
import dev.kontext4j.hub.held.HeldFiles;
import dev.kontext4j.hub.held.RememberedHashes;
import dev.kontext4j.hub.lock.LockedFile;
import dev.kontext4j.hub.lock.ModelSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// Brings a set into the models folder.
public final class Pull {
  /// What a disk should have left when all is here.
  private static final long SPARE = 64L << 20;

  private final ModelsFolder models;
  private final Ledger ledger;
  private final RememberedHashes hashes;
  private final FetchListener listener;

  public Pull(ModelsFolder models, Ledger ledger, RememberedHashes hashes, FetchListener listener) {
    this.models = models;
    this.ledger = ledger;
    this.hashes = hashes;
    this.listener = listener;
  }

  /// What is to be done; nothing is changed yet.
  public PullPlan plan(ModelSet set, HeldFiles held) {
    var plan = new Planner(models, ledger, held, hashes, listener::working).plan(set);
    hashes.save();
    return plan;
  }

  /// Makes sure, before anything is fetched, that it will fit.
  public void requireRoom(PullPlan plan) {
    try {
      Files.createDirectories(models.path());
      long free = Files.getFileStore(models.path()).getUsableSpace();
      long came = 0;
      for (Step.Fetch step : plan.of(Step.Fetch.class)) {
        came += Unfinished.bytes(models.unfinished(step.file()));
      }
      long needed = plan.bytesToFetch() - came + SPARE;
      if (free < needed) {
        throw new FetchException(
            "%s needs %.1f GB more in %s, and %.1f GB are free; make room, or choose another folder with %s"
                .formatted(
                    plan.set().name(),
                    needed / 1e9,
                    models.path(),
                    free / 1e9,
                    ModelsFolder.VARIABLE));
      }
    } catch (IOException e) {
      throw cannotWrite(models.path(), e);
    }
  }

  /// Does it, and returns the set's folder.
  public Path run(PullPlan plan, FileFetch fetch) throws InterruptedException {
    for (Step step : plan.steps()) {
      Path place = models.of(plan.set(), step.part());
      try {
        run(step, place, fetch);
      } catch (IOException e) {
        throw cannotWrite(place, e);
      }
    }
    hashes.save();
    return plan.folder();
  }

  private void run(Step step, Path place, FileFetch fetch)
      throws IOException, InterruptedException {
    Files.createDirectories(Objects.requireNonNull(place.getParent()));
    if (Files.isSymbolicLink(place) && !Files.exists(place)) {
      Files.delete(place); // what it led to has gone
    }
    switch (step) {
      case Step.Here(ModelSet.Part part) -> settle(part, place);
      case Step.Write(ModelSet.Written part) ->
          AtomicFile.write(place, part.text().getBytes(StandardCharsets.UTF_8));
      case Step.Link link -> link(link, place);
      case Step.Fetch(_, LockedFile file) -> {
        LockedFile found = fetch.fetch(file, models.unfinished(file), place);
        learn(file, found, place);
        hashes.save();
      }
    }
  }

  /// A run may have been ended just after a file had got to its place.
  private void settle(ModelSet.Part part, Path place) throws IOException {
    if (part instanceof ModelSet.Fetched fetched) {
      Unfinished.delete(models.unfinished(fetched.file()));
      LockedFile file = ledger.pinned(fetched.file());
      if (file.sha256().isEmpty()) {
        ledger.pin(file.pinned(hashes.of(place), Files.size(place)));
      }
    }
  }

  private void link(Step.Link link, Path place) throws IOException {
    if (link.ours()) {
      Links.equal(place, link.source());
    } else {
      Links.symbolic(place, link.source());
    }
    var found = link.file().pinned(hashes.of(place), Files.size(place));
    learn(link.file(), found, place);
  }

  private void learn(LockedFile file, LockedFile found, Path place) throws IOException {
    hashes.learn(place, found.sha256().orElseThrow());
    if (file.sha256().isEmpty()) {
      ledger.pin(found);
    }
  }

  private static FetchException cannotWrite(Path place, IOException e) {
    return new FetchException(
        "Could not write %s (%s); make room there, or choose another folder with %s"
            .formatted(place, e.getMessage(), ModelsFolder.VARIABLE),
        e);
  }
}
