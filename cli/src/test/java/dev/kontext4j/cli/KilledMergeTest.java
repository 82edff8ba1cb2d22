package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.testkit.GoldenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A merge that is killed while it writes: what it leaves has a passing name, and the next one is
/// not hindered by it.
@EnabledOnOs(OS.LINUX)
class KilledMergeTest {
  private static final String ONE = GoldenFiles.path("lora/one.safetensors").toString();

  @TempDir Path folder;

  private List<String> baking() {
    return List.of(
        "lora", "merge", ONE, "--into", Workplace.model().toString(), "-o", result().toString());
  }

  private Path result() {
    return folder.resolve("baked");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 20, 60})
  void leavesNothingThatPassesForWhole(int milliseconds) throws IOException, InterruptedException {
    try (var _ = KontextProcess.start(baking())) {
      while (passing().isEmpty() && !Files.exists(result())) {
        Thread.sleep(1);
      }
      Thread.sleep(milliseconds);
    } // which kills it
    Thread.sleep(100);
    if (!Files.exists(result())) {
      assertEquals(1, passing().size(), passing()::toString);
      Run.of(baking()).done();
    }
    var edit =
        new ArrayList<>(List.of("edit", "-p", "x", "--model", result().toString(), "--steps", "1"));
    edit.addAll(List.of("--width", "64", "--height", "64", "--dtype", "f32"));
    edit.addAll(List.of("-o", folder.resolve("x.png").toString()));
    Run.of(edit).done();
  }

  private List<Path> passing() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(f -> f.getFileName().toString().startsWith(".kontext4j-")).toList();
    }
  }

  @Test
  void oneThatFailsLeavesNothing() throws IOException {
    Path bad = folder.resolve("bad.safetensors");
    Files.write(bad, new byte[20]);
    var arguments = new ArrayList<>(baking());
    arguments.set(2, bad.toString());
    assertFalse(Run.of(arguments).code() == 0);
    assertTrue(passing().isEmpty() && !Files.exists(result()));
  }
}
