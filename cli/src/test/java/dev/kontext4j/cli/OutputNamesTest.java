package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.cli.picture.AlphaMode;
import dev.kontext4j.cli.picture.PictureReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which file a result becomes, by what the user said and what went in.
class OutputNamesTest {
  @TempDir Path folder;

  private Workplace work;

  @BeforeEach
  void prepare() throws IOException {
    work = Workplace.in(folder);
  }

  @ParameterizedTest
  @CsvSource({"a.png,PNG", "b.jpg,JPEG", "c.JPEG,JPEG", "d.webp,WEBP"})
  void theNameTellsTheFormat(String name, String format) throws IOException {
    assertEquals(List.of(work.path(name)), work.edit("-o", work.path(name)).done());
    assertEquals(format, work.format(name));
  }

  @Test
  void anotherNameIsRefused() {
    work.edit("-o", work.path("x.gif"))
        .refused(ExitCode.USAGE, "x.gif: the name must end in .png, .jpg or .webp");
    work.edit("-o", work.path("x.png"), "--format", "jpeg")
        .refused(ExitCode.USAGE, "x.png and --format jpeg contradict");
  }

  @Test
  void aFolderGetsANewNameInTheInputsOwnFormat() throws IOException {
    Path results = Files.createDirectory(folder.resolve("results"));
    String place = results + "/";
    assertEquals(
        List.of(results.resolve("photo-edited.png").toString()), work.edit("-o", place).done());
    assertEquals(
        List.of(results.resolve("photo-edited-2.png").toString()), work.edit("-o", place).done());
    var two = work.edit("-o", place, "--count", "2", "--format", "webp").done();
    assertEquals(
        List.of(
            results.resolve("photo-edited.webp").toString(),
            results.resolve("photo-edited-2.webp").toString()),
        two);
    var forced = work.edit("-o", place, "--force").done();
    assertEquals(List.of(results.resolve("photo-edited.png").toString()), forced);
  }

  @Test
  void noFolderThere() throws IOException {
    work.edit("-o", work.path("absent") + "/")
        .refused(ExitCode.INPUT, "no folder", "make it first");
    assertEquals(List.of(), work.results());
  }

  @Test
  void withoutAPictureThereIsANameToo() {
    var arguments = work.arguments("-o", folder + "/");
    assertEquals(List.of(work.path("picture.png")), Run.of(arguments).done());
  }

  @Test
  void jpegInJpegOut() throws IOException {
    work.edit("-o", work.path("in.jpg")).done();
    var arguments = work.arguments("-o", folder + "/");
    arguments.add(work.path("in.jpg"));
    assertEquals(List.of(work.path("in-edited.jpg")), Run.of(arguments).done());
    assertEquals("JPEG", work.format("in-edited.jpg"));
  }

  @Test
  void losslessWebpIsThePngsPicture() throws IOException {
    work.edit("-o", work.path("a.png")).done();
    work.edit("-o", work.path("b.webp"), "--lossless").done();
    var reader = new PictureReader(AlphaMode.WHITE);
    assertEquals(reader.read(folder.resolve("a.png")), reader.read(folder.resolve("b.webp")));
  }

  @Test
  void whatHasNoEffectIsSaid() {
    var run = work.edit("--quality", "50", "--progressive");
    assertTrue(run.err().stream().anyMatch(line -> line.contains("--quality has no effect")));
    assertTrue(run.err().stream().anyMatch(line -> line.contains("--progressive has no effect")));
  }

  @Test
  void standardOutputTakesOnePictureAndNothingElse() {
    work.edit("-o", "-", "--count", "2").refused(ExitCode.USAGE, "-o - takes one picture");
    work.edit("-o", "-", "--json").refused(ExitCode.USAGE, "both want standard output");
  }

  @ParameterizedTest
  @CsvSource({"0", "101", "high"})
  void qualitiesThatAreNone(String quality) {
    work.edit("--quality", quality).refused(ExitCode.USAGE, "--quality", "from 1 to 100");
  }
}
