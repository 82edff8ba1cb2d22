package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.file.AtomicFile;
import dev.kontext4j.engine.safetensors.SafetensorsWriter;
import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.testkit.GoldenFiles;
import dev.kontext4j.toybox.EmbeddedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Commands that write weights are killed at random moments, again and again. What is in place is
/// whole, always, and the next run finishes and clears what the killed ones have left.
@EnabledOnOs(OS.LINUX)
class KilledWritersTest {
  private static final Path MODEL = EmbeddedModel.folder();
  private static final String PASSING = ".kontext4j-";
  private static final int RANK = 32;

  /// For a few kills to hit the middle at least once.
  private static final int MOST_TRIES = 20;

  @TempDir Path folder;

  private Path place;

  @BeforeEach
  void prepare() throws IOException {
    place = Files.createDirectory(folder.resolve("place"));
  }

  /// The file that was there stays until the new one is whole.
  @Test
  void convert() throws IOException, InterruptedException {
    Path result = place.resolve("new.gguf");
    Path old = GoldenFiles.path("layouts/t5.gguf");
    String model = MODEL.resolve("transformer").toString();
    requireWholeOr(old, result, "convert", model, result.toString(), "--to", "q8_0", "--force");
  }

  @Test
  void mergeIntoAModel() throws IOException, InterruptedException {
    Path result = place.resolve("baked");
    requireWholeOr(
        folder.resolve("nothing"),
        result,
        "lora",
        "merge",
        lora(),
        "--into",
        MODEL.toString(),
        "-o",
        result.toString());
  }

  @Test
  void mergeIntoAFile() throws IOException, InterruptedException {
    Path result = place.resolve("both.safetensors");
    String lora = lora();
    requireWholeOr(
        folder.resolve("nothing"),
        result,
        "lora",
        "merge",
        lora,
        lora + ":0.5",
        "-o",
        result.toString(),
        "--model",
        MODEL.toString());
  }

  @Test
  void oneThatFailsLeavesNothing() throws IOException {
    String bad = Files.write(folder.resolve("bad.safetensors"), new byte[20]).toString();
    String result = place.resolve("baked").toString();
    var run = Run.of("lora", "merge", bad, "--into", MODEL.toString(), "-o", result);
    assertFalse(run.code() == 0, run::toString);
    assertEquals(List.of(), names());
  }

  @Test
  void whoStillWritesIsLeftAlone() throws IOException, InterruptedException {
    String in = GoldenFiles.path("layouts/original.safetensors").toString();
    String other = place.resolve("other.safetensors").toString();
    try (var mine = AtomicFile.at(place.resolve("mine"));
        var another = AtomicFile.at(place.resolve("another"));
        var process = KontextProcess.start(List.of("convert", in, other, "--to", "bf16"))) {
      process.end().done();
      mine.commit();
      another.commit();
    }
    assertEquals(List.of("another", "mine", "other.safetensors"), names());
  }

  /// @param before what is at the result's place before
  private void requireWholeOr(Path before, Path result, String... command)
      throws IOException, InterruptedException {
    var arguments = List.of(command);
    Run.of(arguments).done();
    var whole = content(result);
    long size = bytes(result);
    remove(result);
    int midway = 0;
    var kills = new Kills();
    for (int tries = 0; !kills.areEnough() || (midway == 0 && tries < MOST_TRIES); tries++) {
      if (Files.exists(before) && !Files.exists(result)) {
        Files.copy(before, result);
      }
      try (var process = KontextProcess.start(arguments)) {
        kills.kill(process, this::passingBytes, size);
      }
      midway += passing().isEmpty() ? 0 : 1;
      var found = content(result);
      if (found.equals(whole)) {
        remove(result);
      } else {
        assertEquals(content(before), found, "neither whole nor as before");
      }
    }
    Run.of(arguments).done();
    assertEquals(whole, content(result));
    assertEquals(List.of(String.valueOf(result.getFileName())), names(), "nothing else is left");
    assertTrue(midway > 0, "no kill hit the middle");
  }

  /// All files at a path, by name, as hashes.
  private static Map<String, String> content(Path path) throws IOException {
    var content = new TreeMap<String, String>();
    if (Files.exists(path)) {
      try (var files = Files.walk(path)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          content.put(path.relativize(file).toString(), Sha256.of(file).digits());
        }
      }
    }
    return content;
  }

  private static void remove(Path path) throws IOException {
    try (var files = Files.walk(path)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(place)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  private List<String> passing() throws IOException {
    return names().stream().filter(name -> name.startsWith(PASSING)).toList();
  }

  /// What has been written under passing names.
  private long passingBytes() {
    try {
      long bytes = 0;
      for (String name : passing()) {
        bytes += bytes(place.resolve(name));
      }
      return bytes;
    } catch (IOException | UncheckedIOException _) {
      return 0; // it was moved meanwhile
    }
  }

  private static long bytes(Path path) throws IOException {
    try (var files = Files.walk(path)) {
      long bytes = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }

  /// An adapter of all the matrices of the transformer's blocks.
  private String lora() throws IOException {
    Path file = folder.resolve("lora.safetensors");
    var writer = SafetensorsWriter.to(file);
    try (var model = Checkpoint.open(MODEL.resolve("transformer"))) {
      for (String name : model.names()) {
        var shape = model.entry(name).shape();
        if (name.contains("blocks.") && shape.size() == 2) {
          String layer = "transformer." + name.replaceFirst("\\.weight$", "");
          add(writer, layer + ".lora_A.weight", RANK, shape.getLast());
          add(writer, layer + ".lora_B.weight", shape.getFirst(), RANK);
        }
      }
    }
    writer.write();
    return file.toString();
  }

  private static void add(SafetensorsWriter writer, String name, long rows, long columns) {
    float[] numbers = new float[Math.toIntExact(rows * columns)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) Math.sin(i) / 64;
    }
    writer.tensor(name, DType.F32, List.of(rows, columns), sink -> sink.write(numbers));
  }
}
