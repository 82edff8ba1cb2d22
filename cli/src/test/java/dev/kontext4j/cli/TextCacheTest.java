package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.CacheFolder;
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

/// Edits with the embedded model in processes that share a cache: a prompt is encoded once, and the
/// picture is the same, bit for bit.
@DisabledOnOs(OS.WINDOWS)
class TextCacheTest {
  private static final String KNOWN = "kontext: what the text encoders make of it is known";

  @TempDir Path folder;

  private Workplace work;
  private Path cache;

  @BeforeEach
  void prepare() throws IOException {
    work = Workplace.in(Files.createDirectory(folder.resolve("work")));
    cache = Files.createDirectories(folder.resolve("cache/kontext4j"));
    for (String unpacked : List.of("natives", "tokenizers")) { // to be spared unpacking them again
      Path there = Files.createDirectories(CacheFolder.named(unpacked));
      Files.createSymbolicLink(cache.resolve(unpacked), there);
    }
  }

  /// JUnit warns of links that lead out of its folder.
  @AfterEach
  void removeLinks() throws IOException {
    Files.delete(cache.resolve("natives"));
    Files.delete(cache.resolve("tokenizers"));
  }

  private KontextProcess start(String... arguments) throws IOException {
    var all = work.arguments(arguments);
    all.add(work.path(Workplace.PICTURE));
    all.set(all.indexOf("--model") + 1, "toybox");
    var variables =
        Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString(), "KONTEXT4J_NO_TEXT_CACHE", "");
    return KontextProcess.start(List.of(), List.of(), variables, all);
  }

  private Run edit(String... arguments) throws IOException, InterruptedException {
    try (var process = start(arguments)) {
      return process.end();
    }
  }

  private byte[] picture(String... arguments) throws IOException, InterruptedException {
    edit(arguments).done();
    return work.bytes("out.png");
  }

  private List<String> kept() throws IOException {
    try (var files = Files.list(cache.resolve("text"))) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  private static boolean wasKnown(Run run) {
    return run.err().contains(KNOWN);
  }

  /// What does not fit is told each time, for the tokenizers always run.
  @Test
  void aPromptIsEncodedOnce() throws IOException, InterruptedException {
    var prompt = new String[] {"-p", "make the circle blue and red", "--max-tokens", "4"};
    var forgetful = new String[] {"-p", prompt[1], "--max-tokens", "4", "--no-text-cache"};
    byte[] picture = picture(forgetful);
    assertTrue(Files.notExists(cache.resolve("text")));
    for (boolean known : new boolean[] {false, true}) {
      var run = edit(prompt);
      run.done();
      assertEquals(known, wasKnown(run), run::toString);
      assertTrue(run.err().stream().anyMatch(line -> line.contains("T5 sees only")), run::toString);
      assertArrayEquals(picture, work.bytes("out.png"));
      assertEquals(2, kept().size(), "one for each encoder");
    }
    assertFalse(wasKnown(edit(forgetful)));
  }

  @Test
  void evenWithoutARecipe() throws IOException, InterruptedException {
    assertFalse(wasKnown(edit("--no-recipe")));
    assertTrue(wasKnown(edit("--no-recipe")));
  }

  @Test
  void twoAtOnce() throws IOException, InterruptedException {
    try (var one = start("-o", work.path("one.png"));
        var two = start("-o", work.path("two.png"))) {
      one.end().done();
      two.end().done();
    }
    assertArrayEquals(work.bytes("one.png"), work.bytes("two.png"));
    assertEquals(2, kept().size());
  }

  @Test
  void aCacheThatCannotBeWrittenIsNoFailure() throws IOException, InterruptedException {
    Files.writeString(cache.resolve("text"), "in the way");
    edit().done();
    assertEquals("in the way", Files.readString(cache.resolve("text")));
  }
}
