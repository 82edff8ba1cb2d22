package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kontext4j.cli.failure.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchTest {
  private static Run bench(String... more) {
    var arguments = new ArrayList<>(List.of("bench", "--model", Workplace.model().toString()));
    arguments.addAll(List.of("--width", "64", "--height", "48"));
    arguments.addAll(List.of(more));
    return Run.of(arguments);
  }

  private static JsonNode json(String... more) throws IOException {
    var arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("--json", "-q"));
    return new JsonMapper().readTree(bench(arguments.toArray(String[]::new)).done().getFirst());
  }

  @Test
  void everyPartHasItsTime() throws IOException {
    var report = json("--steps", "3");
    assertEquals("cpu", report.get("device").asText());
    assertEquals(64, report.get("width").asInt());
    assertEquals(4 * 3, report.get("tokens").get("noise").asInt());
    var seconds = report.get("seconds");
    assertEquals(7, seconds.size());
    seconds
        .propertyStream()
        .forEach(part -> assertTrue(part.getValue().asDouble() > 0, part::toString));
    double speed = report.get("tflops").asDouble();
    assertEquals(report.get("tflop").asDouble() / seconds.get("step").asDouble(), speed, 1e-9);
    assertEquals(speed / report.get("product-tflops").asDouble(), report.get("share").asDouble());
    assertTrue(report.get("share").asDouble() < 1, report::toString);
    assertTrue(report.get("peak-bytes").asLong() > 50_000_000, report::toString);
  }

  @Test
  void picturesCostWork() throws IOException {
    double without = json("--steps", "2", "--pictures", "0").get("tflop").asDouble();
    double with = json("--steps", "2", "--pictures", "1").get("tflop").asDouble();
    assertTrue(with > 2 * without, () -> with + " and " + without);
  }

  @Test
  void peopleReadATable() {
    var lines = bench("--steps", "2").done();
    assertTrue(
        lines.getFirst().matches("model, cpu with \\d+ threads?, (f32|bf16), 1 picture to 64x48"));
    assertTrue(lines.stream().anyMatch(line -> line.matches("28 steps +[0-9.]+ s, text to .*")));
    assertTrue(lines.stream().allMatch(line -> line.length() < 80), lines::toString);
  }

  @Test
  void weightsMayComeAndGo() {
    var run =
        Run.of(
            "bench --model toybox --pictures 0 --width 64 --height 64 --steps 2 --dtype f32 --vram 14MB"
                .split(" "));
    run.done();
    var said = "within 14.0 MB: 0 of the transformer's 8 blocks stay";
    assertTrue(run.err().stream().anyMatch(line -> line.contains(said)), run::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"int8", "fp8"})
  void alsoIn8Bits(String precision) throws IOException {
    var report = json("--steps", "2", "--pictures", "0", "--precision", precision);
    assertEquals(precision, report.get("precision").asText());
    assertTrue(report.get("product-tflops").asDouble() > 0, report::toString);
    var words =
        bench("--steps", "2", "--pictures", "0", "--dtype", "f32", "--precision", precision).done();
    assertTrue(words.getFirst().contains(", f32 with " + precision + ", "), words.getFirst());
  }

  @Test
  void whatCannotBeMeasuredIsRefused() {
    bench("--steps", "1").refused(ExitCode.USAGE, "--steps: at least 2");
    bench("--pictures", "4").refused(ExitCode.USAGE, "--pictures: from 0 to 3");
  }
}
