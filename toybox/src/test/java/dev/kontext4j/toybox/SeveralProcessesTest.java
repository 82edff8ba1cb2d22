package dev.kontext4j.toybox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.CheckpointException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What only processes have: others beside them, an end, limits.
class SeveralProcessesTest {
  @TempDir Path place;

  private Path cache;
  private ModelJar jar;

  @BeforeEach
  void makeJar() throws IOException {
    cache = place.resolve("cache");
    jar = ModelJar.of(place.resolve("model.jar"), ModelJar.FILES);
  }

  private Process start(List<String> prefix, String... options) throws IOException {
    var command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Unpack.class.getName(), jar.file().toString(), cache.toString()));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String end(Process process) throws IOException, InterruptedException {
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said.strip();
  }

  @Test
  void allThatStartAtOnceWithADamagedCopyGetAWholeOne() throws IOException, InterruptedException {
    Path folder = EmbeddedModel.folder(jar.resources(), cache);
    Files.delete(folder.resolve("vae/weights.bin"));
    var processes = new ArrayList<Process>();
    for (int i = 0; i < 4; i++) {
      processes.add(start(List.of()));
    }
    for (Process process : processes) {
      assertEquals(folder + " 0123456789", end(process));
    }
    try (var left = Files.list(cache)) {
      var expected = Stream.of(folder, cache.resolve("lock")).sorted().toList();
      assertEquals(expected, left.sorted().toList());
    }
  }

  @Test
  void aTemporaryFolderGoesWithItsProcess() throws IOException, InterruptedException {
    Files.writeString(cache, "no folder");
    String said = end(start(List.of(), "-Djava.io.tmpdir=" + place));
    assertTrue(said.startsWith(place.resolve("kontext4j-toybox-").toString()), said);
    assertTrue(said.endsWith(" 0123456789"), said);
    try (var left = Files.list(place)) {
      assertEquals(2, left.count(), "the jar and the file in place of the cache");
    }
  }

  /// A limit on the size of files is as good as a full disk.
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFullDiskIsToldInOneLineAndLeavesNothing() throws IOException, InterruptedException {
    Path temporary = Files.createDirectory(place.resolve("tmp"));
    jar = ModelJar.of(place.resolve("big.jar"), Map.of("big.bin", "0123456789".repeat(10_000)));
    var limited = List.of("/bin/sh", "-c", "ulimit -f 8 && exec \"$@\"", "sh");
    String said = end(start(limited, "-XX:-UsePerfData", "-Djava.io.tmpdir=" + temporary));
    assertTrue(said.startsWith("The embedded model can be unpacked neither into " + cache), said);
    assertTrue(said.contains("make room (1 MB), or name another folder with XDG_CACHE_HOME"), said);
    assertFalse(said.contains("\n"), said);
    for (Path folder : List.of(cache, temporary)) {
      try (var left = Files.list(folder)) {
        assertEquals(0, left.filter(file -> !file.endsWith("lock")).count());
      }
    }
  }

  /// What such a process does.
  static final class Unpack {
    private Unpack() {}

    public static void main(String[] arguments) throws IOException {
      try {
        var jar = new ModelJar(Path.of(arguments[0]));
        Path folder = EmbeddedModel.folder(jar.resources(), Path.of(arguments[1]));
        System.out.println(folder + " " + Files.readString(folder.resolve("vae/weights.bin")));
      } catch (CheckpointException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
