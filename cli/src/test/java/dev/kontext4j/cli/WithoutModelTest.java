package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Commands without `--model` take the embedded model, for which the tiny one stands in here: in a
/// process of its own, whose boot class path is searched for resources first.
class WithoutModelTest {
  private static final String NOTE = "kontext: " + ModelChoice.NOTE;

  @TempDir Path folder;

  private Workplace work;
  private EmbeddedResources embedded;

  @BeforeEach
  void prepare() throws IOException {
    work = Workplace.in(Files.createDirectory(folder.resolve("work")));
    embedded = EmbeddedResources.in(Files.createDirectory(folder.resolve("embedded")));
  }

  private static Run run(List<String> prefix, Path resources, List<String> arguments)
      throws IOException, InterruptedException {
    var options = List.of("-Xbootclasspath/a:" + resources);
    try (var process = KontextProcess.start(prefix, options, arguments)) {
      return process.end();
    }
  }

  private List<String> editWithoutModel(String... more) {
    var arguments = new ArrayList<>(work.arguments(more));
    int at = arguments.indexOf("--model");
    arguments.subList(at, at + 2).clear();
    arguments.add(work.path(Workplace.PICTURE));
    return arguments;
  }

  @Test
  void anEditTakesTheEmbeddedModelAndSaysSo() throws IOException, InterruptedException {
    work.edit().done();
    byte[] expected = work.pixels("out.png");
    Files.delete(folder.resolve("work/out.png"));

    var run = run(List.of(), embedded.root(), editWithoutModel());
    assertEquals(List.of(work.path("out.png")), run.done());
    assertEquals(NOTE, run.err().getFirst());
    assertArrayEquals(expected, work.pixels("out.png"));
  }

  @Test
  void jsonStaysAlone() throws IOException, InterruptedException {
    var run = run(List.of(), embedded.root(), editWithoutModel("--json"));
    assertEquals(1, run.done().size());
    assertTrue(run.out().getFirst().startsWith("{\"pictures\":"), run::toString);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void fromAJarItIsUnpackedIntoTheUsersCache() throws IOException, InterruptedException {
    Path cache = folder.resolve("cache");
    var run =
        run(
            List.of("/usr/bin/env", "XDG_CACHE_HOME=" + cache),
            embedded.jar(folder.resolve("embedded.jar")),
            List.of("tokens", "-p", "make it red"));
    var named = Run.of("tokens", "-p", "make it red", "--model", Workplace.model().toString());
    assertEquals(named.done(), run.done());
    assertEquals(List.of(NOTE), run.err());
    assertEquals(List.of(), named.err());
    try (var unpacked = Files.walk(cache.resolve("kontext4j/toybox"))) {
      assertTrue(unpacked.anyMatch(file -> file.endsWith("model_index.json")));
    }
  }
}
