package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kontext4j.cli.failure.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where results may go is known before the work begins, and nothing but results is left.
class OutputTest {
  @TempDir Path folder;

  private Workplace work;

  @BeforeEach
  void prepare() throws IOException {
    work = Workplace.in(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-o", "--save-latents"})
  void noSuchFolder(String option) throws IOException {
    Path file = folder.resolve("absent/x.png");
    work.edit(option, file.toString())
        .refused(ExitCode.INPUT, "no folder " + file.getParent(), "make it first");
    assertEquals(List.of(), work.results());
  }

  @Test
  void aFolderForLatents() throws IOException {
    Path inTheWay = Files.createDirectory(folder.resolve("x.png"));
    work.edit("--save-latents", inTheWay.toString())
        .refused(ExitCode.INPUT, inTheWay + " is a folder");
    assertEquals(List.of("x.png"), work.results());
  }

  @Test
  void aFolderThatMayNotBeWrittenTo() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    assumeTrue(Files.getFileStore(closed).supportsFileAttributeView("posix"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeFalse(Files.isWritable(closed), "an administrator may write anywhere");
    work.edit("-o", closed.resolve("x.png").toString())
        .refused(ExitCode.INPUT, closed + " cannot be written to");
  }

  /// Linux has a folder that nobody can make a file in, though permissions do not say so.
  @Test
  void aFolderThatOnlyPretendsToBeWritable() {
    assumeTrue(Files.isDirectory(Path.of("/proc")));
    work.edit("-o", "/proc/x.png").refused(ExitCode.INPUT, "cannot be written to /proc");
  }

  @Test
  void numberedFilesAreOverwrittenOnRequestOnly() throws IOException {
    Files.writeString(folder.resolve("out-2.png"), "precious");
    work.edit("--count", "2").refused(ExitCode.INPUT, "out-2.png exists already", "--force");
    assertEquals(List.of("out-2.png"), work.results());
    work.edit("--count", "2", "--force").done();
    assertEquals(List.of("out-1.png", "out-2.png"), work.results());
    assertEquals("PNG", new String(work.bytes("out-2.png"), 1, 3, StandardCharsets.US_ASCII));
  }

  @Test
  void theFileOfOIsAlwaysOverwrittenEvenIfItIsThePictureItself() throws IOException {
    byte[] before = work.bytes(Workplace.PICTURE);
    work.edit().done();
    work.edit("-o", work.path(Workplace.PICTURE)).done();
    assertArrayEquals(work.bytes("out.png"), work.bytes(Workplace.PICTURE));
    assertFalse(Arrays.equals(before, work.bytes(Workplace.PICTURE)));
    assertEquals(List.of("out.png"), work.results());
  }

  @Test
  void latentsInThePicturesPlace() {
    work.edit("--save-latents", work.path("out.png"))
        .refused(ExitCode.USAGE, "--save-latents and -o are the same file");
  }

  @Test
  void tooSmallAResult() throws IOException {
    work.edit("--width", "8").refused(ExitCode.INPUT, "the result: 8x64 is too small");
    work.edit("--max-area", "10").refused(ExitCode.INPUT, "the result: 64x64", "at least 16");
    assertEquals(List.of(), work.results());
  }
}
