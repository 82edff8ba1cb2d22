package dev.kontext4j.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.sampler.picture.NativeSizes;
import dev.kontext4j.sampler.picture.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeSizesFileTest {
  private static final int GRID = 16;

  @TempDir Path folder;

  private NativeSizes read() {
    return new NativeSizesFile(folder.resolve("native_sizes.json")).read(GRID);
  }

  private void write(String json) throws IOException {
    Files.writeString(folder.resolve("native_sizes.json"), json);
  }

  @Test
  void withoutAFileTheyAreKontexts() {
    assertEquals(NativeSizes.KONTEXT, read());
  }

  @Test
  void eachBucketIsAWidthAndAHeight() throws IOException {
    write("{\"area\": 16384, \"buckets\": [[144, 112], [112, 144], [128, 128]]}");
    var buckets = List.of(new Size(112, 144), new Size(128, 128), new Size(144, 112));
    assertEquals(new NativeSizes(16_384, buckets), read());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]                                          | not a JSON object",
        "{'buckets': [[64, 64]]}                     | no field \"area\"",
        "{'area': 4096}                              | no field \"buckets\"",
        "{'area': 0, 'buckets': [[64, 64]]}          | \"area\" must be",
        "{'area': 40.5, 'buckets': [[64, 64]]}       | \"area\" must be",
        "{'area': 255, 'buckets': [[64, 64]]}        | area 255 is less than a single token, 16x16",
        "{'area': 4096, 'buckets': []}               | \"buckets\" must be a list of lists",
        "{'area': 4096, 'buckets': 64}               | \"buckets\" must be a list of lists",
        "{'area': 4096, 'buckets': [64, 64]}         | \"buckets\" must be",
        "{'area': 4096, 'buckets': [[64, 0]]}        | \"buckets\" must be",
        "{'area': 4096, 'buckets': [[64, -64]]}      | \"buckets\" must be",
        "{'area': 4096, 'buckets': [['64', 64]]}     | \"buckets\" must be",
        "{'area': 4096, 'buckets': [[64]]}           | bucket [64] must be a width and a height",
        "{'area': 4096, 'buckets': [[64, 64, 64]]}   | bucket [64, 64, 64] must be a width",
        "{'area': 4096, 'buckets': [[64, 64], [64, 72]]} | bucket [64, 72] must be a width",
      },
      quoteCharacter = '`')
  void whatMakesNoSenseIsRefused(String json, String why) throws IOException {
    write(json.replace('\'', '"'));
    String message = assertThrows(CheckpointException.class, this::read).getMessage();
    assertTrue(message.startsWith(folder.resolve("native_sizes.json").toString()), message);
    assertTrue(message.contains(why), message);
  }
}
