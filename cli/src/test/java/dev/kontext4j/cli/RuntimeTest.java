package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.hub.runtime.Pip;
import dev.kontext4j.hub.runtime.Runtimes;
import dev.kontext4j.testkit.hub.FakePip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// `kontext runtime`: with this machine's pip where it has one, and with a script for what no pip
/// does on demand. Nothing here asks the network.
@EnabledOnOs(OS.LINUX)
class RuntimeTest {
  @TempDir Path folder;

  private RuntimeWorkplace work;

  @BeforeEach
  void prepare() throws IOException {
    work = new RuntimeWorkplace(folder);
  }

  private static void requirePip() {
    assumeTrue(Pip.find(System.getenv("PATH")).isPresent(), "this machine has no pip");
  }

  private Run withPip(String... arguments) throws IOException, InterruptedException {
    requirePip();
    return work.run(work.realPip(), arguments);
  }

  @Test
  void pipInstallsListedAndVerifiedAndRemovedAgain() throws IOException, InterruptedException {
    var installed = withPip(work.install());
    assertEquals(List.of(work.place().toString()), installed.done());
    assertTrue(installed.err().getFirst().contains("fetched by pip"), installed::toString);
    assertEquals(List.of(RuntimeWorkplace.NAME), work.names());
    assertEquals(RuntimeWorkplace.LIBRARIES, work.files());

    var listed = new ObjectMapper().readTree(withPip("runtime", "--json").done().getFirst());
    assertEquals(RuntimeWorkplace.NAME, listed.path(0).path("runtime").asText());
    assertEquals(5, listed.path(0).path("files").asInt());
    assertEquals(
        List.of(RuntimeWorkplace.NAME + ": 5 of 5 files are good"),
        withPip("runtime", "verify").done());

    assertEquals(List.of(work.place().toString()), withPip(work.install()).done()); // as it is
    withPip("runtime", "remove", RuntimeWorkplace.NAME).done();
    assertEquals(List.of(), work.names());
    assertTrue(withPip("runtime").done().getFirst().startsWith("none is installed"));
  }

  @Test
  void aWheelThatIsNotThePinnedOneIsRefused() throws IOException, InterruptedException {
    Files.writeString(
        work.list(), Files.readString(work.list()).replaceFirst("sha256:....", "sha256:0000"));
    withPip(work.install())
        .refusedAfterWords(ExitCode.FAILED, "torch==1.0", "is not the pinned one", "try again");
    assertEquals(List.of(), work.names());
  }

  @Test
  void noWheelFits() throws IOException, InterruptedException {
    Files.writeString(
        work.list(), Files.readString(work.list()).replaceFirst("torch==1.0", "torch==1.1"));
    withPip(work.install())
        .refusedAfterWords(
            ExitCode.FAILED, "no wheel of torch==1.1 that fits", "install --upgrade pip");
    assertEquals(List.of(), work.names());
  }

  @Test
  void thereIsNoPip() throws IOException, InterruptedException {
    work.run(Map.of(), work.install())
        .refused(ExitCode.FAILED, "no pip", "installed PyTorch", "libtorch zip", "--libtorch DIR");
    assertEquals(List.of(), work.names());
  }

  /// flag > variable > installed, as the refusals tell: none of these is a library.
  @Test
  void anInstalledOneIsTakenForACardUnlessAnotherIsNamed()
      throws IOException, InterruptedException {
    work.run(work.fakePip(FakePip.LIBRARIES), work.install("-q")).done();
    var edit = Workplace.in(Files.createDirectory(folder.resolve("edit")));
    var arguments = edit.arguments("--device", "cuda");
    arguments.add(edit.path(Workplace.PICTURE));
    String[] plain = arguments.toArray(String[]::new);
    work.run(Map.of(), plain)
        .refusedAfterWords(ExitCode.MEMORY, "Could not load", work.place().toString());
    String other = Files.createDirectory(folder.resolve("other")).toString();
    var variable = new HashMap<>(Map.of("KONTEXT4J_LIBTORCH", other));
    work.run(variable, plain).refused(ExitCode.MEMORY, "No libtorch_cpu.so in " + other);
    String third = Files.createDirectory(folder.resolve("third")).toString();
    arguments.addAll(List.of("--libtorch", third));
    work.run(variable, arguments.toArray(String[]::new))
        .refused(ExitCode.MEMORY, "No libtorch_cpu.so in " + third);
  }

  /// What a killed one leaves is never taken, pip ends with it, and the next clears it away.
  @Test
  void killedAtAnyMoment() throws IOException, InterruptedException {
    String slow = "for i in 1 2 3 4 5 6 7 8; do echo $i > \"$target/$i.whl\"; sleep 0.05; done\n";
    var pip = work.fakePip(slow + FakePip.LIBRARIES + "sleep 0.2");
    int midway = 0;
    for (var kills = new Kills(); !kills.areEnough() || midway == 0; ) {
      try (var process = work.start(pip, work.install("-q"))) {
        kills.kill(process, this::written, 12);
      }
      midway += drafts() > 0 ? 1 : 0;
      if (Files.exists(work.place())) {
        requireGood();
        runtimes().remove(RuntimeWorkplace.NAME);
      }
    }
    work.run(pip, work.install("-q")).done();
    assertEquals(List.of(RuntimeWorkplace.NAME), work.names(), "nothing else is left");
    requireGood();
  }

  private Runtimes runtimes() {
    return new Runtimes(work.runtimes());
  }

  private void requireGood() {
    var files = runtimes().verify(RuntimeWorkplace.NAME, words -> {});
    assertEquals(2, files.size());
    assertTrue(files.stream().allMatch(file -> file.problem().isEmpty()), files::toString);
  }

  /// Files so far: pip's own, eight wheels, two libraries.
  private long written() {
    try (var files = Files.walk(work.runtimes())) {
      return files.filter(Files::isRegularFile).count();
    } catch (IOException | UncheckedIOException _) {
      return 0; // some have just gone
    }
  }

  private long drafts() {
    try {
      return work.names().stream().filter(name -> name.startsWith(".kontext4j-")).count();
    } catch (IOException _) {
      return 0; // it goes away meanwhile
    }
  }

  /// pip waits for an index that takes the call and never answers.
  @Test
  void pipEndsWithWhoBeganIt() throws IOException, InterruptedException {
    requirePip();
    try (var index = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var process = work.start(work.realPip(index.getLocalPort()), work.install("-q"));
        var _ = index.accept()) {
      var pip = ProcessHandle.of(process.pid()).orElseThrow().descendants().toList();
      assertFalse(pip.isEmpty());
      process.kill();
      for (int i = 0; pip.stream().anyMatch(ProcessHandle::isAlive) && i < 1000; i++) {
        Thread.sleep(10);
      }
      assertTrue(pip.stream().noneMatch(ProcessHandle::isAlive), "pip goes on without anybody");
    }
  }

  @Test
  void thereIsNoNetwork() throws IOException, InterruptedException {
    requirePip();
    work.run(work.realPip(1), work.install("-q"))
        .refused(ExitCode.FAILED, "could not reach its package index", "nothing was installed");
    assertEquals(List.of(), work.names());
  }

  @Test
  void wrongUsage() {
    Run.of("runtime", "install").refused(ExitCode.USAGE, "there is cuda to install");
    Run.of("runtime", "remove").refused(ExitCode.USAGE, "name what to remove");
    Run.of("runtime", "remove", "../x").refused(ExitCode.USAGE, "no runtime \"../x\"");
    Run.of("runtime", "verify", "x").refused(ExitCode.USAGE, "no runtime \"x\"");
    Run.of("runtime", "install", "cuda", "--wheels", folder + "/absent")
        .refused(ExitCode.INPUT, "absent cannot be read", "no such file");
  }
}
