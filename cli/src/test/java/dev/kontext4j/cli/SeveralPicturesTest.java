package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeveralPicturesTest {
  @TempDir Path folder;

  private Workplace work;

  @BeforeEach
  void prepare() throws IOException {
    work = Workplace.in(folder);
  }

  private byte[] single(long seed) throws IOException {
    String name = "single-" + seed + ".png";
    work.edit("--seed", Long.toString(seed), "-o", work.path(name)).done();
    return work.pixels(name);
  }

  @Test
  void standardOutputHoldsThePathsAndNothingElse() throws IOException {
    assertEquals(List.of(work.path("out.png")), work.edit().done());
    assertEquals(List.of("out.png"), work.results());
    assertEquals(
        List.of(work.path("out-1.png"), work.path("out-2.png")), work.edit("--count", "2").done());
    assertEquals(List.of("out-1.png", "out-2.png", "out.png"), work.results());
  }

  @Test
  void aCountTakesTheSeedsThatFollow() throws IOException {
    work.edit("--count", "2").done();
    assertArrayEquals(single(7), work.pixels("out-1.png"));
    assertArrayEquals(single(8), work.pixels("out-2.png"));
    assertFalse(Arrays.equals(work.pixels("out-1.png"), work.pixels("out-2.png")));
  }

  @Test
  void everySeedHasItsPicture() throws IOException {
    work.edit("--seed", "9,8").done();
    assertArrayEquals(single(9), work.pixels("out-1.png"));
    assertArrayEquals(single(8), work.pixels("out-2.png"));
  }

  @Test
  void seedsMayBeGivenOneByOne() throws IOException {
    work.edit("--seed", "9", "--seed", "8").done();
    assertArrayEquals(single(9), work.pixels("out-1.png"));
    assertArrayEquals(single(8), work.pixels("out-2.png"));
  }

  @Test
  void oneGeneratorGoesOnWhereItStopped() throws IOException {
    work.edit("--count", "2", "--batch-noise", "one").done();
    assertArrayEquals(single(7), work.pixels("out-1.png"));
    assertFalse(Arrays.equals(single(8), work.pixels("out-2.png")));
  }

  @Test
  void seedsMayFill64Bits() throws IOException {
    byte[] highest = single(-1);
    work.edit("--seed", "18446744073709551615").done();
    assertArrayEquals(highest, work.pixels("out.png"));
  }

  @Test
  void latentsOfAllPicturesGoIntoOneFile() {
    work.edit("--count", "2", "--save-latents", work.path("all.safetensors")).done();
    try (var _ = Scope.open();
        var file = Checkpoint.open(folder.resolve("all.safetensors"))) {
      assertArrayEquals(new long[] {2, 16, 64}, file.tensor("latents").shape());
    }
  }

  @Test
  void jsonTellsOfEveryPicture() throws IOException {
    var run = work.edit("--json", "--seed", "5,900", "--steps", "2", "--width", "80");
    JsonNode report = new JsonMapper().readTree(String.join("\n", run.done()));
    assertEquals(
        List.of("pictures", "seconds"), report.propertyStream().map(e -> e.getKey()).toList());
    assertEquals(
        "[{\"file\":\"%s\",\"seed\":5,\"width\":80,\"height\":64},{\"file\":\"%s\",\"seed\":900,\"width\":80,\"height\":64}]"
            .formatted(work.path("out-1.png"), work.path("out-2.png")),
        report.get("pictures").toString());
    JsonNode seconds = report.get("seconds");
    assertEquals(4, seconds.get("steps").size());
    double sum = 0;
    for (String part : List.of("text", "references", "decoding")) {
      sum += seconds.get(part).asDouble();
    }
    for (JsonNode step : seconds.get("steps")) {
      sum += step.asDouble();
    }
    assertTrue(sum > 0 && sum <= seconds.get("total").asDouble(), report::toString);
  }
}
