package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.cli.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `--vram`: the same picture in less memory, or a clear no.
class VramTest {
  @TempDir Path folder;

  private Run edit(String out, String... options) {
    var arguments = new ArrayList<>(List.of("edit", "-p", "make the circle red", "--seed", "3"));
    arguments.addAll(List.of("--steps", "2", "--width", "64", "--height", "64", "--dtype", "f32"));
    arguments.addAll(List.of("--model", "toybox", "-o", folder.resolve(out).toString()));
    arguments.addAll(List.of(options));
    return Run.of(arguments);
  }

  private byte[] pixels(String name) throws IOException {
    return new Workplace(folder).pixels(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ',',
      quoteCharacter = '"',
      value = {
        "14MB, within 14.0 MB: 0 of the transformer's 8 blocks stay",
        "18MB, within 18.0 MB: 1 of the transformer's 8 blocks stay",
        "1GiB, within 1.07 GB: all weights stay"
      })
  void thePictureIsTheSame(String limit, String said) throws IOException {
    edit("all.png").done();
    var run = edit("some.png", "--vram", limit);
    run.done();
    assertTrue(run.err().stream().anyMatch(line -> line.contains(said)), run::toString);
    assertArrayEquals(pixels("all.png"), pixels("some.png"));
  }

  @Test
  void tooLittleIsRefusedWithTheLeast() {
    edit("none.png", "--vram", "0.1MB")
        .refused(ExitCode.MEMORY, "does not fit into 0.1 MB", "it needs 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"much", "12", "-3GiB", "5TB", "1e3MB"})
  void whatIsNoAmountIsWrongUsage(String limit) {
    edit("none.png", "--vram", limit).refused(ExitCode.USAGE, "such as 12GiB");
  }
}
