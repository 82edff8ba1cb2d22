package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kontext4j.cli.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The program as a process: its exit codes, its streams, and what it leaves behind.
class ProcessTest {
  private static final int INTERRUPTED = 130;

  @TempDir Path folder;

  private Workplace work;

  @BeforeEach
  void prepare() throws IOException {
    work = Workplace.in(folder);
  }

  private static Run run(List<String> prefix, List<String> options, List<String> arguments)
      throws IOException, InterruptedException {
    try (var process = KontextProcess.start(prefix, options, arguments)) {
      return process.end();
    }
  }

  private List<String> arguments(String... more) {
    var arguments = new ArrayList<>(work.arguments(more));
    arguments.add(work.path(Workplace.PICTURE));
    return arguments;
  }

  @Test
  void anEditPrintsItsPathAndExitsWithZero() throws IOException, InterruptedException {
    var run = run(List.of(), List.of(), arguments());
    assertEquals(List.of(work.path("out.png")), run.done());
    assertEquals(List.of("out.png"), work.results());
    assertTrue(run.err().stream().allMatch(line -> line.startsWith("kontext: ")), run::toString);
  }

  @Test
  void cudaWithoutOne() throws IOException, InterruptedException {
    run(List.of(), List.of(), arguments("--device", "cuda"))
        .refused(
            ExitCode.MEMORY,
            "No CUDA build of libtorch was found",
            "kontext runtime install cuda",
            "--device cpu");
    assertEquals(List.of(), work.results());
  }

  @Test
  void noLibtorchWhereItShouldBe() throws IOException, InterruptedException {
    run(List.of(), List.of(), arguments("--libtorch", work.path("absent")))
        .refused(ExitCode.MEMORY, work.path("absent"), "libtorch");
  }

  @Test
  void theHeapIsTooSmall() throws IOException, InterruptedException {
    Workplace.writeBlack(folder.resolve("big.png"), 6000, 6000);
    run(List.of(), List.of("-Xmx40m"), arguments(work.path("big.png")))
        .refused(ExitCode.MEMORY, "heap is too small", "KONTEXT4J_JAVA_OPTS=-Xmx4g");
  }

  /// A limit on the size of files is as good as a full disk.
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theDiskIsFull() throws IOException, InterruptedException {
    var limited = List.of("/bin/sh", "-c", "ulimit -f 8 && exec \"$@\"", "sh");
    var run = run(limited, List.of(), arguments());
    assertEquals(ExitCode.FAILED.number(), run.code(), run::toString);
    assertEquals(List.of(), run.out());
    String line = run.err().getLast();
    assertTrue(line.startsWith("kontext: Could not write " + work.path("out.png") + " ("), line);
    assertEquals(List.of(), work.results());
  }

  /// A disk of its own of 8 KB, in a namespace where anybody may mount one. The picture has 9 KB.
  @Test
  @EnabledOnOs(OS.LINUX)
  void aSmallDiskIsFull() throws IOException, InterruptedException {
    var alone = List.of("/usr/bin/unshare", "--map-root-user", "--mount", "/bin/sh", "-c");
    String disk = "PATH=/bin:/usr/bin; mount -t tmpfs -o size=8k none '" + folder + "/disk' && ";
    Files.createDirectory(folder.resolve("disk"));
    assumeTrue(succeeds(alone, disk + "true"), "no disks may be mounted here");
    var prefix = new ArrayList<>(alone);
    prefix.addAll(
        List.of(disk + "{ \"$@\"; code=$?; ls -A '" + folder + "/disk'; exit $code; }", "sh"));
    var run = run(prefix, List.of(), arguments("-o", work.path("disk/out.png")));
    assertEquals(ExitCode.FAILED.number(), run.code(), run::toString);
    assertEquals(List.of(), run.out(), "nothing is left on the disk");
    String line = run.err().getLast();
    assertTrue(line.startsWith("kontext: Could not write "), line);
    assertTrue(line.contains("No space left on device"), line);
  }

  private static boolean succeeds(List<String> shell, String line)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(shell);
    command.add(line);
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) { // there is no such program
      return false;
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theDiskIsFullForTheLatents() throws IOException, InterruptedException {
    var limited = List.of("/bin/sh", "-c", "ulimit -f 34 && exec \"$@\"", "sh");
    var latents = work.path("all.safetensors"); // 4 KB a picture; a picture itself has 9 KB
    var run = run(limited, List.of(), arguments("--count", "10", "--save-latents", latents));
    assertEquals(ExitCode.FAILED.number(), run.code(), run::toString);
    String line = run.err().getLast();
    assertTrue(line.startsWith("kontext: Could not write " + latents + " ("), line);
    assertEquals(10, run.out().size());
    assertEquals(10, work.results().size(), "the pictures are there, and nothing else");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void ctrlCEndsARunAtOnceAndLeavesWhatIsWhole() throws IOException, InterruptedException {
    assumeTrue(Signals.interruptsReachChildren(), Signals.IGNORED);
    try (var process = KontextProcess.start(arguments("--count", "3", "--steps", "100"))) {
      process.awaitErr(line -> line.endsWith("step 20 of 100 (picture 2 of 3)"));
      long start = System.nanoTime();
      Signals.interrupt(process.pid());
      var run = process.end();
      double seconds = (System.nanoTime() - start) / 1e9;
      assertEquals(INTERRUPTED, run.code(), run::toString);
      assertTrue(seconds < 5, () -> "it took " + seconds + " s");
      assertTrue(run.err().stream().allMatch(line -> line.startsWith("kontext: ")), run::toString);
      assertEquals(List.of(work.path("out-1.png")), run.out());
      assertEquals(List.of("out-1.png"), work.results());
    }
  }
}
