package dev.kontext4j.sampler.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.DeviceException;
import dev.kontext4j.engine.quant.BlockType;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.residency.Residency;
import dev.kontext4j.engine.weights.Storage;
import dev.kontext4j.sampler.ModelSurvey;
import dev.kontext4j.sampler.fast.Fast;
import dev.kontext4j.sampler.picture.Size;
import dev.kontext4j.transformer.flux.TokenCounts;
import dev.kontext4j.vae.Tiling;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Plans for the published model on cards of all sizes.
class PlannerTest {
  private static final Map<String, Storage> STORED =
      Map.of(
          "bf16",
          Storage.BF16,
          "fp8",
          Storage.FP8,
          "Q8_0",
          Storage.of(BlockType.Q8_0),
          "Q4_K",
          Storage.of(BlockType.Q4_K));
  private static final int[] CARDS = {4, 6, 8, 10, 12, 16, 24, 32, 80}; // GB
  private static final int[] SIDES = {512, 768, 1024, 1440};
  private static final int MOST_REFERENCES = 3;
  private static final int TOKEN_SIDE = 16;

  private static Planner planner(String stored, int side, int references) {
    return planner(stored, side, references, Start.COLD);
  }

  private static Planner planner(String stored, int side, int references, Start start) {
    var transformer = Objects.requireNonNull(STORED.get(stored));
    var t5 = transformer.packed() ? Storage.FP8 : Storage.BF16;
    int tokens = (side / TOKEN_SIDE) * (side / TOKEN_SIDE);
    var size = new Size(side, side);
    var demand =
        new Demand(
            new TokenCounts(512, tokens, (long) references * tokens),
            size,
            Collections.nCopies(references, size),
            28,
            1,
            Fast.EXACT);
    var model = ModelSurvey.published(transformer, t5, DType.BF16).sizes();
    return new Planner(
        model, demand, Computing.exactly(DType.BF16, Device.cuda(0)), start, Optional.empty());
  }

  /// The table is to be read by people, too: what fits where.
  @ParameterizedTest
  @CsvFileSource(resources = "plans.csv", numLinesToSkip = 1)
  void decidesAsTheTableSays(
      int card, String stored, int side, int references, String staying, String peak) {
    var planner = planner(stored, side, references);
    long limit = card * 1_000_000_000L;
    if (staying.equals("no")) {
      var refusal = assertThrows(DeviceException.class, () -> planner.within(limit));
      assertTrue(refusal.getMessage().contains("it needs " + peak + " GB"), refusal::getMessage);
      return;
    }
    var forecast = planner.within(limit);
    assertEquals(staying, staying(forecast));
    assertEquals(peak, String.format(Locale.ROOT, "%.2f", forecast.peak() / 1e9));
  }

  private static String staying(MemoryForecast forecast) {
    String tiles =
        forecast.plan().vae().equals(Tiling.NONE) ? "" : " t" + forecast.plan().vae().side();
    String t5 = forecast.plan().t5().streams() ? " s" : "";
    return forecast.blocksStaying() + t5 + tiles;
  }

  /// Whatever the card, the file and the edit: a plan keeps to its limit, more memory never keeps
  /// less, and what does not fit would fit into what is said to be the least.
  @ParameterizedTest
  @ValueSource(strings = {"bf16", "fp8", "Q8_0", "Q4_K"})
  void keepsToEveryLimit(String stored) {
    for (int side : SIDES) {
      for (int references = 0; references <= MOST_REFERENCES; references++) {
        keepsToEveryLimit(planner(stored, side, references));
      }
    }
  }

  private static void keepsToEveryLimit(Planner planner) {
    long least = planner.leastOfAll();
    assertTrue(planner.within(least).peak() <= least, planner::toString);
    assertThrows(DeviceException.class, () -> planner.within(least - 1));
    int before = -1;
    for (int card : CARDS) {
      long limit = card * 1_000_000_000L;
      if (limit < least) {
        assertThrows(DeviceException.class, () -> planner.within(limit));
        continue;
      }
      var forecast = planner.within(limit);
      assertTrue(forecast.peak() <= limit, () -> planner + " on " + card + ": " + forecast);
      boolean whole = forecast.plan().vae().equals(Tiling.NONE);
      assertTrue(!whole || forecast.blocksStaying() >= before, planner::toString);
      before = whole ? forecast.blocksStaying() : before;
    }
  }

  /// Later requests find weights of an earlier one. As many blocks stay for the steps; before them
  /// some may have to go, so that there is room for T5 and for the pictures that go in.
  @ParameterizedTest
  @ValueSource(strings = {"bf16", "fp8", "Q8_0", "Q4_K"})
  void laterRequestsKeepAsMuchForTheSteps(String stored) {
    for (int side : SIDES) {
      for (int references = 0; references <= MOST_REFERENCES; references++) {
        keepsToEveryLimit(planner(stored, side, references, Start.WARM));
        for (int card : CARDS) {
          keepsAsMuch(stored, side, references, card * 1_000_000_000L);
        }
      }
    }
  }

  private static void keepsAsMuch(String stored, int side, int references, long limit) {
    var cold = planner(stored, side, references, Start.COLD);
    var warm = planner(stored, side, references, Start.WARM);
    if (warm.leastOfAll() > limit) {
      return;
    }
    var first = cold.within(limit).plan();
    var later = warm.within(limit).plan();
    assertEquals(first.transformer(), later.transformer());
    assertEquals(first.vae(), later.vae());
    assertTrue(later.waiting() <= later.transformer().blocks(), later::toString);
  }

  /// T5 has the whole card at first, and has to stream through what is left later on.
  @Test
  void weightsThatAreThereMakeT5Stream() {
    long limit = 24_000_000_000L;
    var first = planner("bf16", 1024, 1, Start.COLD).within(limit).plan();
    var later = planner("bf16", 1024, 1, Start.WARM).within(limit).plan();
    assertFalse(first.t5().streams());
    assertTrue(later.t5().streams());
    assertEquals(Residency.ALL.blocks(), later.waiting());
  }

  /// Where the pictures that go in are larger than what comes out, blocks make room for them and
  /// are read again.
  @Test
  void blocksMakeRoomForLargePictures() {
    var size = new Size(512, 512);
    var large = new Size(2560, 2560);
    var demand =
        new Demand(new TokenCounts(512, 1024, 8100), size, List.of(large), 28, 1, Fast.EXACT);
    var model = ModelSurvey.published(Storage.BF16, Storage.BF16, DType.BF16).sizes();
    var computing = Computing.exactly(DType.BF16, Device.cuda(0));
    var planner = new Planner(model, demand, computing, Start.WARM, Optional.of(Tiling.NONE));
    var forecast = planner.within(14_000_000_000L);
    int waiting = forecast.plan().waiting();
    assertTrue(waiting < forecast.blocksStaying(), forecast::toString);
    assertTrue(forecast.peak() <= 14_000_000_000L, forecast::toString);
    var first = new Planner(model, demand, computing, Start.COLD, Optional.of(Tiling.NONE));
    assertEquals(forecast.blocksStaying(), first.within(14_000_000_000L).blocksStaying());
  }

  /// FACTS of the published network: 8.65 billion of its 11.90 billion parameters are no
  /// modulations, so that in bf16 all stay in 17.3 GB, and nothing has to be read twice on 24 GB.
  @Test
  void bf16StaysWholeOn24Gigabytes() {
    var forecast = planner("bf16", 1024, 1).within(24_000_000_000L);
    assertEquals(17.3, forecast.weights() / 1e9, 0.05);
    assertEquals(0, forecast.readEachStep());
    assertTrue(forecast.peak() <= 19_500_000_000L, forecast::toString);
  }

  /// A card that can keep everything is told what an unlimited one is, and one that cannot is not.
  @Test
  void enoughIsAsGoodAsNoLimit() {
    var planner = planner("Q8_0", 1024, 3);
    long all = planner.unlimited().peak();
    long modulations = 100_000_000; // of one block, which may come while all others are there
    assertEquals(planner.unlimited(), planner.within(all + modulations));
    assertTrue(planner.within(all - 1).plan().streams());
  }
}
