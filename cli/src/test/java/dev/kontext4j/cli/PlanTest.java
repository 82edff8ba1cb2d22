package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kontext4j.cli.failure.ExitCode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `kontext plan`
class PlanTest {
  private static String told(String... options) {
    return String.join(" ", Run.of(arguments(options)).done()).replaceAll(" +", " ");
  }

  private static List<String> arguments(String... options) {
    var arguments = new java.util.ArrayList<>(List.of("plan"));
    arguments.addAll(List.of(options));
    return arguments;
  }

  private static JsonNode json(String... options) throws IOException {
    return new JsonMapper().readTree(told(options));
  }

  @Test
  void tellsWhatStaysOnACard() {
    String all = told("--as", "bf16", "--card", "rtx4090");
    assertTrue(all.contains("place RTX 4090"), all);
    assertTrue(all.contains("1024x1024, 1 picture going in, 28 steps of 8704 tokens"), all);
    assertTrue(all.contains("all weights stay, 17.31 GB"), all);
    String some = told("--as", "bf16", "--card", "RTX 4090", "--vram", "8GB");
    assertTrue(some.contains("of the transformer's 57 blocks stay; the others"), some);
    assertTrue(some.contains("T5's blocks come and go"), some);
    assertTrue(some.contains("which hides the reading of weights"), some);
  }

  @ParameterizedTest
  @CsvSource({
    "rtx 3060, RTX 3060 12GB",
    "3080, RTX 3080 10GB",
    "RTX 3060 Ti 8GB, RTX 3060 Ti",
    "rtx 4060 ti 16 gb, RTX 4060 Ti 16GB",
    "RTX 4090 24GB, RTX 4090",
    "NVIDIA GeForce RTX 3060 12GB, RTX 3060 12GB",
    "4090, RTX 4090",
    "geforce rtx 4070, RTX 4070",
    "a100 80gb, A100 80GB"
  })
  void cardsAreKnownByWhatPeopleCallThem(String said, String name) throws IOException {
    assertEquals(name, json("--as", "Q4_K", "--card", said, "--json").path("place").asText());
  }

  @Test
  void whatDoesNotFitIsSaid() throws IOException {
    Run.of(arguments("--as", "bf16", "--card", "RTX 4090", "--vram", "2GB"))
        .refused(ExitCode.MEMORY, "does not fit", "it needs 1.");
    var all = json("--as", "bf16", "--card", "all", "--vram", "2GB", "--json");
    assertTrue(all.size() > 20, all::toString);
    all.forEach(card -> assertFalse(card.path("fits").asBoolean(true), card::toString));
  }

  @Test
  void aLineForEachCard() {
    String all = told("--as", "fp8", "--card", "all");
    assertTrue(all.contains("RTX 3060 12GB "), all);
    assertTrue(all.contains("H100 all stays"), all);
  }

  /// The peak is that of the highest part, and parts are those of the run.
  @Test
  void jsonHasEveryPart() throws IOException {
    var plan = json("--model", "toybox", "--device", "cpu", "--dtype", "f32", "--json");
    var peaks = plan.path("peaks");
    assertEquals(5, peaks.size(), plan::toString);
    long highest = 0;
    for (JsonNode peak : peaks) {
      highest = Math.max(highest, peak.asLong());
    }
    assertEquals(highest, plan.path("peak").asLong());
    assertEquals(160, plan.path("tokens").path("text").asInt() + 128);
    assertTrue(plan.path("seconds").path("whole").asDouble() > 0, plan::toString);
  }

  /// More pictures take more, and the more tokens the longer.
  @Test
  void picturesThatGoInCost() throws IOException {
    var none = json("--as", "Q4_K", "--card", "RTX 4060", "--pictures", "0", "--json");
    var three = json("--as", "Q4_K", "--card", "RTX 4060", "--pictures", "3", "--json");
    assertTrue(
        three.path("peaks").path("steps").asLong() > none.path("peaks").path("steps").asLong());
    double ratio =
        three.path("seconds").path("step-computing").asDouble()
            / none.path("seconds").path("step-computing").asDouble();
    assertTrue(ratio > 4, three::toString); // 16896 tokens to 4608, and attention grows faster
  }

  @Test
  void whatIsNotKnownIsWrongUsage() {
    Run.of(arguments("--card", "Voodoo 2"))
        .refused(ExitCode.USAGE, "'Voodoo 2' is not known", "RTX 4090");
    Run.of(arguments("--as", "Q9"))
        .refused(ExitCode.USAGE, "'Q9' is not a way to store a model", "Q4_K");
    Run.of(arguments("--as", "fp8", "--model", "toybox")).refused(ExitCode.USAGE, "--as");
    Run.of(arguments("--pictures", "4")).refused(ExitCode.USAGE, "from 0 to 3");
  }
}
