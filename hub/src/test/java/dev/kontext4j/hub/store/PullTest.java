package dev.kontext4j.hub.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.hub.TestFiles;
import dev.kontext4j.hub.Told;
import dev.kontext4j.hub.fetch.Endpoint;
import dev.kontext4j.hub.fetch.FetchException;
import dev.kontext4j.hub.fetch.FileFetch;
import dev.kontext4j.hub.fetch.HubClient;
import dev.kontext4j.hub.fetch.Patience;
import dev.kontext4j.hub.held.HeldFiles;
import dev.kontext4j.hub.held.HuggingFaceCache;
import dev.kontext4j.hub.held.RememberedHashes;
import dev.kontext4j.hub.lock.LockedFile;
import dev.kontext4j.hub.lock.ModelSet;
import dev.kontext4j.testkit.hub.FakeHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullTest {
  private static final byte[] WEIGHTS = TestFiles.bytes(300_000, 3);
  private static final byte[] TOKENS = TestFiles.bytes(5000, 4);
  private static final LockedFile WEIGHTS_FILE = TestFiles.known("w.safetensors", WEIGHTS);
  private static final LockedFile TOKENS_FILE = TestFiles.unknown("tokens.json");
  private static final ModelSet SET =
      new ModelSet(
          "tiny",
          "a tiny set",
          false,
          List.of(
              new ModelSet.Written("vae/config.json", "{}\n"),
              new ModelSet.Fetched("vae/w.safetensors", WEIGHTS_FILE),
              new ModelSet.Fetched("tokenizer/tokens.json", TOKENS_FILE)));
  private static final ModelSet OTHER =
      new ModelSet(
          "other",
          "another set",
          false,
          List.of(new ModelSet.Fetched("w.safetensors", WEIGHTS_FILE)));

  @TempDir Path folder;

  private final FakeHub hub = new FakeHub();
  private final Told told = new Told();

  PullTest() {
    offer("w.safetensors", WEIGHTS);
    offer("tokens.json", TOKENS);
  }

  private void offer(String path, byte[] content) {
    hub.put(TestFiles.REPOSITORY.name(), TestFiles.REPOSITORY.revision(), path, content);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private ModelsFolder models() {
    return new ModelsFolder(folder.resolve("models"));
  }

  private Pull pull() {
    var hashes = new RememberedHashes(folder.resolve("hashes.json"));
    return new Pull(models(), Ledger.read(models()), hashes, told);
  }

  private PullPlan plan(ModelSet set, Path... folders) {
    var held =
        new HeldFiles(
            List.of(folders),
            new HuggingFaceCache(folder.resolve("hub")),
            new RememberedHashes(folder.resolve("hashes.json")),
            told::working);
    return pull().plan(set, held);
  }

  private void run(PullPlan plan) {
    var endpoint = Endpoint.choose(hub.endpoint(), Map.<String, String>of()::get);
    try (var client = new HubClient(endpoint, Optional.empty(), Patience.USUAL)) {
      pull().run(plan, new FileFetch(client, 2, told));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void everythingIsFetchedOnce() throws IOException {
    var plan = plan(SET);
    assertEquals(2, plan.of(Step.Fetch.class).size());
    assertEquals(WEIGHTS.length, plan.bytesToFetch());
    assertEquals(List.of(TestFiles.LICENCE), plan.toAccept());
    assertFalse(models().has(SET));
    run(plan);
    assertTrue(models().has(SET));
    Path here = models().of(SET);
    assertEquals("{}\n", Files.readString(here.resolve("vae/config.json")));
    assertArrayEquals(WEIGHTS, Files.readAllBytes(here.resolve("vae/w.safetensors")));
    assertArrayEquals(TOKENS, Files.readAllBytes(here.resolve("tokenizer/tokens.json")));
    var again = plan(SET);
    assertTrue(again.isDone());
    assertEquals(List.of(), again.toAccept());
  }

  @Test
  void whatAnotherProgramHasIsUsedThere() throws IOException {
    Path comfy = Files.createDirectory(folder.resolve("comfy"));
    Path theirs = Files.write(comfy.resolve("any-name"), WEIGHTS);
    var plan = plan(SET, comfy);
    assertEquals(1, plan.of(Step.Link.class).size());
    assertEquals(0, plan.bytesToFetch());
    run(plan);
    Path link = models().of(SET).resolve("vae/w.safetensors");
    assertTrue(Files.isSymbolicLink(link));
    assertEquals(theirs.toRealPath(), link.toRealPath());
    Files.delete(theirs);
    assertFalse(models().has(SET));
    run(plan(SET, comfy));
    assertFalse(Files.isSymbolicLink(link), "what has gone there is fetched");
    assertTrue(models().has(SET));
  }

  @Test
  void setsOfOursShareFilesAndNeitherNeedsTheOther() throws IOException {
    run(plan(SET));
    run(plan(OTHER, models().path()));
    Path first = models().of(SET).resolve("vae/w.safetensors");
    Path second = models().of(OTHER).resolve("w.safetensors");
    assertTrue(Files.isSameFile(first, second));
    Files.delete(first);
    assertArrayEquals(WEIGHTS, Files.readAllBytes(second));
  }

  @Test
  void whatCameFirstIsPinned() throws IOException {
    run(plan(SET));
    Path tokens = models().of(SET).resolve("tokenizer/tokens.json");
    Files.delete(tokens);
    offer("tokens.json", TestFiles.bytes(5000, 5));
    var plan = plan(SET);
    var e = assertThrows(CheckpointException.class, () -> run(plan));
    assertTrue(String.valueOf(e.getMessage()).contains("it is not kept"), e::toString);
    assertFalse(Files.exists(tokens));
  }

  @Test
  void whatIsHereAndWrongIsNotOverwritten() throws IOException {
    run(plan(SET));
    Path weights = models().of(SET).resolve("vae/w.safetensors");
    Files.write(weights, new byte[WEIGHTS.length]);
    var e = assertThrows(CheckpointException.class, () -> plan(SET));
    assertTrue(String.valueOf(e.getMessage()).contains("should have"), e::toString);
    Files.write(weights, new byte[7]);
    e = assertThrows(CheckpointException.class, () -> plan(SET));
    assertTrue(String.valueOf(e.getMessage()).contains("7 bytes and should have"), e::toString);
    assertEquals(7, Files.size(weights));
  }

  @Test
  void theDiskIsLookedAtFirst() {
    var huge = TestFiles.file("huge", OptionalLong.of(1L << 60), Optional.empty());
    var set = new ModelSet("huge", "", false, List.of(new ModelSet.Fetched("huge", huge)));
    var e = assertThrows(FetchException.class, () -> pull().requireRoom(plan(set)));
    assertTrue(String.valueOf(e.getMessage()).contains("make room"), e::toString);
    pull().requireRoom(plan(SET));
  }

  @Test
  void acceptedLicencesAreRemembered() throws IOException {
    assertFalse(Ledger.read(models()).isAccepted(TestFiles.LICENCE));
    Ledger.read(models()).accept(TestFiles.LICENCE);
    assertTrue(Ledger.read(models()).isAccepted(TestFiles.LICENCE));
  }

  @Test
  void aDamagedLedgerIsSaid() throws IOException {
    Files.createDirectories(models().path());
    Files.writeString(models().path().resolve("ledger.json"), "{");
    assertThrows(CheckpointException.class, () -> Ledger.read(models()));
  }
}
