package dev.kontext4j.hub.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.hub.TestFiles;
import dev.kontext4j.hub.Told;
import dev.kontext4j.hub.lock.LockedFile;
import dev.kontext4j.testkit.hub.FakeHub;
import dev.kontext4j.testkit.hub.Served;
import dev.kontext4j.testkit.hub.Trouble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Fetching from a hub that behaves, and from all others.
class FileFetchTest {
  private static final Patience CALM = patience(Duration.ofSeconds(20));
  private static final Patience SHORT = patience(Duration.ofSeconds(1));
  private static final String PATH = "transformer/weights.safetensors";
  private static final int PIECE = PartialFile.PIECE;
  private static final byte[] CONTENT = TestFiles.bytes(5 * PIECE + 12_345, 1);
  private static final LockedFile FILE = TestFiles.known(PATH, CONTENT);

  @TempDir Path folder;

  private final FakeHub hub = new FakeHub();
  private final Told told = new Told();
  private int connections = 4;
  private Patience patience = CALM;

  FileFetchTest() {
    offer(CONTENT);
  }

  private static Patience patience(Duration window) {
    return new Patience(
        window, 64 << 10, 4, Duration.ofMillis(2), Duration.ofMillis(10), Duration.ofSeconds(5));
  }

  private void offer(byte[] content) {
    var repository = TestFiles.REPOSITORY;
    hub.put(repository.name(), repository.revision(), PATH, content);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private Path target() {
    return folder.resolve("set/weights.safetensors");
  }

  private Path unfinished() {
    return folder.resolve("unfinished");
  }

  private LockedFile fetch(LockedFile file, Optional<Token> token) {
    try (var client = new HubClient(Endpoint.of(hub.endpoint()), token, patience)) {
      return new FileFetch(client, connections, told).fetch(file, unfinished(), target());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private LockedFile fetch() {
    return fetch(FILE, Optional.empty());
  }

  private void assertFetched() throws IOException {
    assertArrayEquals(CONTENT, Files.readAllBytes(target()));
    assertFalse(Files.exists(unfinished()), "nothing is left beside it");
  }

  /// Fails, leaves nothing in place, and says all of these.
  private void fails(Class<? extends RuntimeException> kind, LockedFile file, String... words) {
    var e = assertThrows(kind, () -> fetch(file, Optional.empty()));
    assertFalse(Files.exists(target()));
    String message = String.valueOf(e.getMessage());
    for (String word : words) {
      assertTrue(message.contains(word), () -> word + " in: " + message);
    }
  }

  private List<Served> bytesServed() {
    return hub.takeServed().stream().filter(request -> request.sent() > 1).toList();
  }

  @Test
  void everyByteComesOnceAndInSeveralParts() throws IOException {
    assertEquals(FILE, fetch());
    assertFetched();
    var parts = new ArrayList<>(bytesServed());
    assertEquals(CONTENT.length, parts.stream().mapToLong(Served::sent).sum());
    assertTrue(parts.size() > 1, parts::toString);
    assertEquals(CONTENT.length, told.came.get());
    assertEquals(0, told.held.get());
    assertEquals(List.of(), told.setbacks);
  }

  @Test
  void theTokenIsForTheHubAlone() throws IOException {
    hub.requireToken("hf_secret");
    fetch(FILE, Optional.of(new Token("hf_secret")));
    assertFetched();
    var requests = hub.takeServed();
    assertTrue(requests.stream().anyMatch(Served::elsewhere));
    for (Served request : requests) {
      assertEquals(
          request.elsewhere() ? Optional.empty() : Optional.of("Bearer hf_secret"),
          request.authorization());
    }
  }

  @Test
  void withoutATokenTheCureIsSaid() {
    hub.requireToken("hf_secret");
    fails(
        CheckpointException.class,
        FILE,
        "(401)",
        "https://huggingface.co/owner/name",
        "set HF_TOKEN");
  }

  @Test
  void aTokenThatMayNotIsToldSoAndNotShown() {
    hub.requireToken("hf_secret");
    var e =
        assertThrows(
            CheckpointException.class, () -> fetch(FILE, Optional.of(new Token("hf_wrong"))));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("(403)"), message);
    assertTrue(message.contains("accept its licence on"), message);
    assertFalse(message.contains("hf_wrong"), message);
    assertEquals("Token[secret]", new Token("hf_wrong").toString());
  }

  @Test
  void aFileThatIsNotThere() {
    fails(CheckpointException.class, TestFiles.unknown("other"), "other", "404", "--endpoint");
  }

  @Test
  void aBusyHubIsAskedAgainWhenItSays() throws IOException {
    hub.trouble(PATH, new Trouble.Status(429, Map.of("Retry-After", "1")));
    hub.troubleElsewhere(PATH, new Trouble.Status(500), new Trouble.Status(503));
    fetch();
    assertFetched();
    assertEquals(3, told.setbacks.size(), told.setbacks::toString);
    assertEquals("localhost says 429, too many requests", told.setbacks.getFirst());
    assertEquals(Duration.ofSeconds(1), told.pauses.getFirst());
  }

  @Test
  void whoWantsToBeLeftAloneForLongIs() {
    hub.trouble(PATH, new Trouble.Status(429, Map.of("Retry-After", "7200")));
    fails(FetchException.class, FILE, "120 minutes");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504})
  void aHubThatIsBrokenIsGivenUp(int status) {
    hub.trouble(PATH, Collections.nCopies(9, new Trouble.Status(status)).toArray(Trouble[]::new));
    fails(FetchException.class, FILE, "localhost says " + status, "4 times in a row");
    assertEquals(3, told.setbacks.size());
  }

  /// The addresses that a hub sends on to are good for a while only.
  @Test
  void anAddressThatHasExpiredIsAskedForAnew() throws IOException {
    hub.troubleElsewhere(PATH, new Trouble.Status(403), new Trouble.Status(403));
    fetch();
    assertFetched();
    assertEquals(List.of("127.0.0.1 says 403", "127.0.0.1 says 403"), told.setbacks);
  }

  @Test
  void connectionsThatAreCutGoOnWhereTheyStopped() throws IOException {
    var cuts = new ArrayList<Trouble>(List.of(new Trouble.NoTrouble()));
    for (int after = 100_000; after <= 2_000_000; after += 190_000) {
      cuts.add(new Trouble.Cut(after));
    }
    hub.troubleElsewhere(PATH, cuts.toArray(Trouble[]::new));
    fetch();
    assertFetched();
    long twice = bytesServed().stream().mapToLong(Served::sent).sum() - CONTENT.length;
    assertTrue(twice < (cuts.size() * 256) << 10, "only what was on its way came again: " + twice);
  }

  @Test
  void whatIsCutAgainAndAgainIsGivenUpAndKept() throws IOException {
    connections = 1;
    hub.troubleElsewhere(PATH, new Trouble.NoTrouble(), new Trouble.Cut(2 * PIECE + 5000));
    hub.troubleElsewhere(PATH, Collections.nCopies(4, new Trouble.Cut(10)).toArray(Trouble[]::new));
    fails(FetchException.class, FILE, "it goes on where it stopped");
    hub.takeServed();
    fetch();
    assertFetched();
    assertEquals(2L * PIECE, told.held.get());
    assertTrue(bytesServed().stream().allMatch(request -> request.begin() >= 2L * PIECE));
  }

  @Test
  void aDripIsNotWaitedFor() throws IOException {
    patience = SHORT;
    hub.troubleElsewhere(
        PATH, new Trouble.NoTrouble(), new Trouble.Drip(300_000, Duration.ofMillis(20)));
    fetch();
    assertFetched();
    assertEquals(Set.of("127.0.0.1 sends nothing, or too slowly"), Set.copyOf(told.setbacks));
  }

  @Test
  void silenceIsNotWaitedForEither() throws IOException {
    patience = SHORT;
    hub.trouble(PATH, new Trouble.Silence(Duration.ofSeconds(20)));
    fetch();
    assertFetched();
    assertTrue(told.setbacks.contains("localhost sends nothing, or too slowly"));
  }

  @Test
  void aHubThatOnlyDripsIsGivenUp() {
    patience = SHORT;
    var drips = Collections.nCopies(30, new Trouble.Drip(10, Duration.ofMillis(50)));
    hub.troubleElsewhere(PATH, new Trouble.NoTrouble());
    hub.troubleElsewhere(PATH, drips.toArray(Trouble[]::new));
    fails(FetchException.class, FILE, "sends nothing, or too slowly", "4 times in a row");
  }

  @Test
  void anotherLengthIsRefusedAtOnce() {
    hub.troubleElsewhere(PATH, new Trouble.WrongLength(3));
    fails(
        CheckpointException.class,
        FILE,
        (CONTENT.length + 3) + " bytes there and should have " + CONTENT.length);
    assertEquals(0, told.came.get());
  }

  @Test
  void aPartThatWasNotAskedForIsNotTaken() throws IOException {
    hub.troubleElsewhere(PATH, new Trouble.NoTrouble(), new Trouble.WrongPart());
    fetch();
    assertFetched();
    assertEquals(List.of("the answer is not what was asked for"), told.setbacks);
  }

  @Test
  void otherBytesAreNotKept() {
    hub.troubleElsewhere(PATH, new Trouble.NoTrouble(), new Trouble.WrongBytes());
    fails(
        CheckpointException.class,
        FILE,
        "should have " + Sha256.of(CONTENT).digits(),
        "it is not kept");
    assertFalse(Files.exists(unfinished()));
  }

  @Test
  void anotherHashIsRefusedBeforeTheFirstByteIfTheHubTellsIt() {
    hub.tellHashes();
    byte[] other = TestFiles.bytes(CONTENT.length, 2);
    offer(other);
    fails(CheckpointException.class, FILE, Sha256.of(other).digits());
    assertEquals(0, told.came.get());
  }

  @Test
  void aServerThatGivesNoParts() throws IOException {
    var cuts = new ArrayList<Trouble>(Collections.nCopies(9, new Trouble.NoRanges()));
    hub.troubleElsewhere(PATH, cuts.toArray(Trouble[]::new));
    fetch();
    assertFetched();
    assertEquals(1, bytesServed().stream().filter(s -> s.sent() > PIECE).count());
  }

  @Test
  void whatIsUnknownIsFoundOut() throws IOException {
    var found = fetch(TestFiles.unknown(PATH), Optional.empty());
    assertFetched();
    assertEquals(Optional.of(Sha256.of(CONTENT)), found.sha256());
    assertEquals(OptionalLong.of(CONTENT.length), found.size());
  }

  @Test
  void redirectsWithoutAnEndAndToElsewhere() {
    var round = new Trouble.Redirect("/owner/name/resolve/" + "c".repeat(40) + "/" + PATH);
    hub.trouble(PATH, Collections.nCopies(6, round).toArray(Trouble[]::new));
    fails(FetchException.class, FILE, "is sent on more than 5 times");
    hub.trouble(PATH, new Trouble.Redirect("file:///etc/passwd"));
    fails(FetchException.class, FILE, "no safe web address");
  }

  @Test
  void aServerThatIsNotThere() {
    hub.close();
    fails(FetchException.class, FILE, "localhost cannot be reached");
  }

  /// Leaves a run that was stopped when so many pieces were there.
  private void leave(int pieces, String mark) throws IOException {
    try (var partial = PartialFile.open(unfinished(), mark, CONTENT.length)) {
      for (int piece = 0; piece < pieces; piece++) {
        var span = partial.span(piece);
        byte[] bytes = Arrays.copyOfRange(CONTENT, (int) span.begin(), (int) span.end());
        partial.write(span.begin(), ByteBuffer.wrap(bytes));
        partial.isGood(piece, Sha256.of(bytes));
      }
    }
  }

  private static String mark() {
    return Sha256.of(CONTENT).digits();
  }

  @Test
  void whatCameBeforeIsNotFetchedAgain() throws IOException {
    leave(3, mark());
    fetch();
    assertFetched();
    assertEquals(3L * PIECE, told.held.get());
    for (Served request : bytesServed()) {
      assertTrue(request.begin() >= 3L * PIECE, request::toString);
    }
  }

  @Test
  void whatHasChangedOnTheDiskIsFetchedAgain() throws IOException {
    leave(3, mark());
    try (var data = Files.newByteChannel(unfinished().resolve("data"), StandardOpenOption.WRITE)) {
      data.position(PIECE + 99).write(ByteBuffer.wrap(new byte[1000]));
    }
    fetch();
    assertFetched();
    assertEquals(2L * PIECE, told.held.get());
  }

  @Test
  void dataThatNeverReachedTheDiskIsFetchedAgain() throws IOException {
    leave(3, mark());
    try (var data = Files.newByteChannel(unfinished().resolve("data"), StandardOpenOption.WRITE)) {
      data.truncate(PIECE + 7);
    }
    fetch();
    assertFetched();
    assertEquals(PIECE, told.held.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "2 0123", "x\n", "\n\n", "99999999 zz\n", "4000000000 00\n"})
  void aLineOfTheJournalThatWasCutOff(String rest) throws IOException {
    leave(2, mark());
    Files.writeString(unfinished().resolve("journal"), rest, StandardOpenOption.APPEND);
    fetch();
    assertFetched();
    assertEquals(2L * PIECE, told.held.get());
  }

  @Test
  void whatCameOfAnotherFileIsNotMixedIn() throws IOException {
    leave(2, "0".repeat(64));
    fetch();
    assertFetched();
    assertEquals(0, told.held.get());
  }

  @Test
  void whatIsInPlaceIsNotOverwritten() throws IOException {
    Files.createDirectories(target().getParent());
    Files.writeString(target(), "mine");
    assertThrows(IllegalStateException.class, this::fetch);
    assertEquals("mine", Files.readString(target()));
  }
}
