package dev.kontext4j.engine.internal.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.ComputeCapability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaBuildTest {
  @TempDir Path folder;

  private CudaBuild build(Fatbin fatbin) throws IOException {
    return CudaBuild.of(fatbin.write(folder.resolve("library.so"))).orElseThrow();
  }

  private static boolean runs(CudaBuild build, int major, int minor) {
    return build.runsOn(new ComputeCapability(major, minor));
  }

  @Test
  void compiledCodeRunsOnLaterCardsOfItsGeneration() throws IOException {
    var build = build(new Fatbin().compiled(120).compiled(75).compiled(80));
    assertEquals("7.5, 8.0, 12.0", build.words());
    assertFalse(runs(build, 6, 1));
    assertFalse(runs(build, 7, 0));
    assertTrue(runs(build, 7, 5));
    assertTrue(runs(build, 8, 9));
    assertFalse(runs(build, 9, 0));
    assertTrue(runs(build, 12, 1));
  }

  @Test
  void ptxRunsOnEveryLaterCard() throws IOException {
    var build = build(new Fatbin().compiled(70).portable(90));
    assertEquals("7.0, 9.0", build.words());
    assertFalse(runs(build, 8, 6));
    assertTrue(runs(build, 9, 0));
    assertTrue(runs(build, 12, 0));
  }

  @Test
  void otherFilesAndDamagedOnesTellNothing() throws IOException {
    assertEquals(Optional.empty(), CudaBuild.of(folder.resolve("absent")));
    assertEquals(Optional.empty(), CudaBuild.of(Files.createFile(folder.resolve("empty"))));
    assertEquals(
        Optional.empty(), CudaBuild.of(Files.writeString(folder.resolve("text"), "x".repeat(999))));
    byte[] good = new Fatbin().compiled(80).bytes();
    var random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      byte[] bad = good.clone();
      bad[i < 200 ? i % 64 : random.nextInt(bad.length)] = (byte) random.nextInt();
      CudaBuild.of(Files.write(folder.resolve("bad"), bad)); // says something or nothing
    }
  }
}
