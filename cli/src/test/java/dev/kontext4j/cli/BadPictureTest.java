package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.cli.picture.PngHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A picture that cannot be taken ends a run before it begins: one line that names it, exit code 3.
class BadPictureTest {
  @TempDir Path folder;

  private Workplace work;
  private Path bad;

  @BeforeEach
  void prepare() throws IOException {
    work = Workplace.in(folder);
    bad = folder.resolve("bad.png");
  }

  private void assertRefused(String words, String... more) throws IOException {
    var before = work.results();
    var arguments = work.arguments(more);
    arguments.add(bad.toString());
    Run.of(arguments).refused(ExitCode.INPUT, words);
    assertEquals(before, work.results());
  }

  @Test
  void missing() throws IOException {
    assertRefused(bad + " does not exist");
  }

  @Test
  void aFolder() throws IOException {
    Files.createDirectory(bad);
    assertRefused(bad + " is a folder");
  }

  @Test
  void aTextNamedPng() throws IOException {
    Files.writeString(bad, "This is not a picture, whatever its name says.\n");
    assertRefused(bad + " is not a picture; give a PNG, JPEG or WebP");
  }

  @Test
  void noBytes() throws IOException {
    Files.createFile(bad);
    assertRefused(bad + " is empty");
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 30, 60, 3000})
  void truncated(int length) throws IOException {
    Files.write(bad, Arrays.copyOf(work.bytes(Workplace.PICTURE), length));
    assertRefused(bad + " is truncated");
  }

  /// Decoding it would take 2.7 GB, but this process has not that much: only its header is read.
  @Test
  void aGiant() throws IOException {
    Files.write(bad, PngHeaders.of(30_000, 30_000));
    assertRefused(bad + " has 30000x30000 pixels");
  }

  @Test
  void anotherFormat() throws IOException {
    Files.writeString(bad, "GIF89a..........");
    assertRefused(bad + " is a GIF file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "bucket"})
  void tooSmallForTheGrid(String fit) throws IOException {
    Workplace.writeBlack(bad, 8, 8);
    assertRefused("picture 1: 8x8 is too small; both sides must be at least 16", "--fit", fit);
  }

  @Test
  void theSecondIsBad() throws IOException {
    Workplace.writeBlack(bad, 64, 8);
    var arguments = work.arguments();
    arguments.addAll(List.of(work.path(Workplace.PICTURE), bad.toString()));
    Run.of(arguments).refused(ExitCode.INPUT, "picture 2: 64x8 is too small");
  }
}
