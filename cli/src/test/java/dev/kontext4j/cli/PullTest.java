package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.testkit.hub.Served;
import dev.kontext4j.testkit.hub.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `kontext pull` and `kontext models`, from a hub on this machine. What hubs do wrong is in
/// FileFetchTest.
class PullTest {
  private static final int SIZE = 300_000;
  private static final int INTERRUPTED = 130;

  @TempDir Path folder;

  private HubWorkplace work;

  @BeforeEach
  void prepare() throws IOException {
    work = new HubWorkplace(folder, SIZE);
  }

  @AfterEach
  void stop() {
    work.close();
  }

  @Test
  void aSetIsFetchedOnceAndThenHere() throws IOException, InterruptedException {
    var run = work.run(work.pull());
    assertEquals(List.of(work.models().resolve("tiny").toString()), run.done());
    assertArrayEquals(work.weights(), Files.readAllBytes(work.place(HubWorkplace.WEIGHTS)));
    assertEquals("{}\n", Files.readString(work.place("vae/config.json")));
    String err = String.join("\n", run.err());
    assertTrue(err.contains("fetch  vae/weights.safetensors, 300 kB (hash from one source)"), err);
    assertTrue(
        err.contains(
            "tokenizer/vocab.json, whose hash nobody publishes: what comes first is pinned"),
        err);
    work.hub().takeServed();

    run = work.run(work.pull("--json"));
    var json = new JsonMapper().readTree(String.join("", run.done()));
    assertEquals(0, json.path("bytes").asInt(-1));
    assertEquals("here", json.path("files").path(1).path("state").asText());
    assertEquals(List.of(), work.hub().takeServed());

    var list = String.join("\n", work.run("models").done());
    assertTrue(list.contains("here, 301 kB in " + work.models().resolve("tiny")), list);
    assertEquals(
        List.of("tiny: 3 of 3 files are good"), work.run("models", "verify", "tiny").done());
  }

  @Test
  void onlyToBeShownNothingIsChanged() throws IOException, InterruptedException {
    var shown = String.join("\n", work.run(work.pull("--dry-run")).done());
    assertTrue(shown.contains("0 of 3 files are here; 2 to be fetched, 300 kB, from"), shown);
    assertFalse(Files.exists(work.models()));
    assertEquals(List.of(), work.hub().takeServed());
  }

  @Test
  void aLicenceIsAcceptedFirst() throws IOException, InterruptedException {
    var run = work.run("pull", "tiny", "--endpoint", work.hub().endpoint(), "-q");
    run.refused(ExitCode.USAGE, "Terms of a Test", "example.org/terms", "--accept-licence");
    assertEquals(List.of(), work.hub().takeServed());
    work.run(work.pull()).done();
    Files.delete(work.place(HubWorkplace.WEIGHTS));
    work.run("pull", "tiny", "--endpoint", work.hub().endpoint()).done();
  }

  @Test
  void theTokenIsNeverShown() throws IOException, InterruptedException {
    work.hub().requireToken("hf_right");
    work.run(work.pull("-q")).refused(ExitCode.MODEL, "401", "set HF_TOKEN");
    var run = work.run(Map.of("HF_TOKEN", "hf_wrong"), work.pull("--debug"));
    assertEquals(ExitCode.MODEL.number(), run.code(), run::toString);
    assertFalse(run.toString().contains("hf_wrong"), run::toString);
    work.hub().takeServed();
    run = work.run(Map.of("HF_TOKEN", "hf_right"), work.pull());
    run.done();
    assertFalse(run.toString().contains("hf_right"), run::toString);
    for (Served request : work.hub().takeServed()) {
      assertEquals(request.elsewhere(), request.authorization().isEmpty(), request::toString);
    }
  }

  @Test
  void whatComfyUiHasIsNotFetched() throws IOException, InterruptedException {
    Path theirs = Files.createDirectories(folder.resolve("home/ComfyUI/models/vae"));
    Files.write(theirs.resolve("ae.safetensors"), work.weights());
    work.run(work.pull()).done();
    assertTrue(work.hub().takeServed().stream().noneMatch(s -> s.path().contains("weights")));
    assertTrue(Files.isSymbolicLink(work.place(HubWorkplace.WEIGHTS)));
    assertEquals(
        List.of("tiny: 3 files removed"), work.run("models", "remove", "tiny", "--yes").done());
    assertTrue(Files.exists(theirs.resolve("ae.safetensors")), "what is theirs stays");
    assertFalse(Files.exists(work.models().resolve("tiny")));
  }

  @Test
  void damageIsFound() throws IOException, InterruptedException {
    work.run(work.pull()).done();
    byte[] damaged = work.weights();
    damaged[SIZE / 2]++;
    Files.write(work.place(HubWorkplace.WEIGHTS), damaged);
    Files.delete(work.place(HubWorkplace.TOKENS));
    var run = work.run("models", "verify", "-q");
    assertEquals(ExitCode.MODEL.number(), run.code());
    String out = String.join("\n", run.out());
    assertTrue(out.contains("tiny: 1 of 3 files are good"), out);
    assertTrue(out.contains("vae/weights.safetensors is damaged"), out);
    assertTrue(out.contains("tokenizer/vocab.json is missing"), out);
    work.run(work.pull("-q")).refused(ExitCode.MODEL, "should have", "it is not overwritten");
  }

  @Test
  void removingAsks() throws IOException, InterruptedException {
    work.run(work.pull()).done();
    work.run("models", "remove", "tiny").refused(ExitCode.USAGE, "--yes");
    work.run("models", "remove").refused(ExitCode.USAGE, "name the sets");
    assertTrue(Files.exists(work.place(HubWorkplace.WEIGHTS)));
    assertEquals(
        List.of(work.models().resolve("tiny").toString()),
        work.run("models", "where", "tiny").done());
  }

  @Test
  void whatMakesNoSense() throws IOException {
    Run.of("pull", "nothing").refused(ExitCode.USAGE, "no set \"nothing\"", "kontext-dev-fp8");
    Run.of("pull", "vae", "--endpoint", "nowhere").refused(ExitCode.USAGE, "--endpoint");
    Run.of("pull", "vae", "--link", "/nowhere").refused(ExitCode.USAGE, "/nowhere");
    Run.of("pull", "vae", "--connections", "99").refused(ExitCode.USAGE, "use 1 to 16");
    Path lock = Files.writeString(folder.resolve("bad.lock"), "schema = 7");
    Run.of("models", "--lock", lock.toString()).refused(ExitCode.INPUT, "another schema");
    Run.of("models", "--lock", "/nowhere").refused(ExitCode.INPUT, "/nowhere");
  }

  @Test
  void aHubThatWantsToBeLeftAlone() throws IOException, InterruptedException {
    var later = Map.of("Retry-After", "7200");
    work.hub().trouble("weights.safetensors", new Trouble.Status(429, later));
    work.run(work.pull("-q")).refused(ExitCode.FAILED, "429", "120 minutes", "run this again then");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void ctrlCLeavesWhatCanGoOn() throws IOException, InterruptedException {
    assumeTrue(Signals.interruptsReachChildren(), Signals.IGNORED);
    work.close();
    work = new HubWorkplace(folder, 40 << 20);
    work.hub().slowDown(8 << 20);
    try (var process = work.start(Map.of(), work.pull())) {
      process.awaitErr(line -> line.contains("fetching weights.safetensors"));
      Thread.sleep(900);
      Signals.interrupt(process.pid());
      var run = process.end();
      assertEquals(INTERRUPTED, run.code(), run::toString);
      assertEquals(List.of(), run.out());
      assertTrue(run.err().stream().allMatch(line -> line.startsWith("kontext: ")), run::toString);
    }
    assertFalse(Files.exists(work.place(HubWorkplace.WEIGHTS)));
    work.hub().slowDown(Long.MAX_VALUE);
    var run = work.run(work.pull());
    run.done();
    assertTrue(
        run.err().stream().anyMatch(line -> line.contains("of it came before")), run::toString);
    assertArrayEquals(work.weights(), Files.readAllBytes(work.place(HubWorkplace.WEIGHTS)));
  }
}
