package dev.kontext4j.transformer.flux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.residency.Group;
import dev.kontext4j.engine.residency.GroupSize;
import dev.kontext4j.engine.residency.Residency;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.engine.weights.PartFiles;
import dev.kontext4j.testkit.GoldenFiles;
import dev.kontext4j.testkit.LeakCheck;
import dev.kontext4j.testkit.TestDevice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What shortcuts leave out is left out and nothing else, wherever the weights are.
@Timeout(120)
class SparedStepsTest {
  private static final Path MODEL = GoldenFiles.path("model/transformer");

  private static ModelPart<FluxTransformer> open(DType dtype, Residency plan) {
    return FluxTransformer.open(
        PartFiles.folder(MODEL), Computing.exactly(dtype, TestDevice.get()), plan);
  }

  private static List<byte[]> velocities(DType dtype, Residency plan, Shortcuts shortcuts) {
    try (var part = open(dtype, plan)) {
      return new SparedSteps(part.network(), dtype).velocities(shortcuts);
    }
  }

  private static void assertSame(List<byte[]> expected, List<byte[]> found, Object what) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < found.size(); i++) {
      assertArrayEquals(expected.get(i), found.get(i), what + ", step " + i);
    }
  }

  private static StepCache sparing(StepCache.Look look, Set<Integer> steps) {
    return new StepCache(look, (step, _) -> steps.contains(step), false);
  }

  private static Shortcuts steps(StepCache cache) {
    return new Shortcuts(Optional.of(cache), Optional.empty());
  }

  private static Shortcuts references(ReferenceCache cache) {
    return new Shortcuts(Optional.empty(), Optional.of(cache));
  }

  /// Steps 2, 3 and 5 are spared, references kept for three steps, so that they come due at one
  /// that is.
  private static Shortcuts both(StepCache.Look look) {
    return new Shortcuts(
        Optional.of(new StepCache(look, (step, _) -> Set.of(2, 3, 5).contains(step), true)),
        Optional.of(new ReferenceCache((age, _) -> age < 3)));
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void whatIsNeverTakenChangesNothing(DType dtype) {
    var exact = velocities(dtype, Residency.ALL, Shortcuts.NONE);
    for (StepCache.Look look : StepCache.Look.values()) {
      var cache = sparing(look, Set.of());
      assertSame(exact, velocities(dtype, Residency.ALL, steps(cache)), look);
      assertEquals(0, cache.spared());
    }
    var cache = new ReferenceCache((_, _) -> false);
    assertSame(exact, velocities(dtype, Residency.ALL, references(cache)), "references");
    assertEquals(0, cache.spared());
  }

  @ParameterizedTest
  @EnumSource
  void onlyStepsThatAreSparedDiffer(StepCache.Look look) {
    var exact = velocities(DType.F32, Residency.ALL, Shortcuts.NONE);
    var cache = sparing(look, Set.of(1, 4, 5));
    var found = velocities(DType.F32, Residency.ALL, steps(cache));
    assertEquals(3, cache.spared());
    for (int i = 0; i < exact.size(); i++) {
      boolean same = Arrays.equals(exact.get(i), found.get(i));
      assertEquals(!Set.of(1, 4, 5).contains(i), same, "step " + i);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void everyPlanOfWeightsGivesTheSame(DType dtype) {
    for (StepCache.Look look : StepCache.Look.values()) {
      var resident = velocities(dtype, Residency.ALL, both(look));
      for (Residency plan : plans(dtype)) {
        assertSame(resident, velocities(dtype, plan, both(look)), look + " " + plan);
      }
    }
  }

  private static List<Residency> plans(DType dtype) {
    try (var part = open(dtype, Residency.ALL)) {
      long least =
          part.sizes().stream()
              .filter(size -> size.group().use() != Group.Use.ALWAYS)
              .mapToLong(GroupSize::stored)
              .max()
              .orElseThrow();
      return List.of(
          Residency.streaming(0, least),
          Residency.streaming(0, 5 * least / 2),
          Residency.streaming(0, 50 * least),
          Residency.streaming(2, least));
    }
  }

  /// A step at which they were due, but that was spared, leaves them as old as they were.
  @Test
  void referencesThatAreDueAreComputedAtTheNextStepThatIs() {
    var ages = new ArrayList<Integer>();
    var cache =
        new ReferenceCache((age, _) -> {
          ages.add(age);
          return age < 2;
        });
    var shortcuts =
        new Shortcuts(
            Optional.of(
                new StepCache(
                    StepCache.Look.FIRST_BLOCK, (step, _) -> Set.of(2, 3).contains(step), true)),
            Optional.of(cache));
    velocities(DType.F32, Residency.ALL, shortcuts);
    assertEquals(List.of(1, 2, 3, 4, 1, 2), ages);
    assertEquals(2, cache.spared()); // steps 1 and 5
  }

  @Test
  void aRuleIsToldHowMuchHasChanged() {
    var changes = new ArrayList<Double>();
    var cache =
        new StepCache(
            StepCache.Look.MODULATED_INPUT,
            (_, change) -> {
              changes.add(change);
              return false;
            },
            false);
    velocities(DType.F32, Residency.ALL, steps(cache));
    assertEquals(Double.POSITIVE_INFINITY, changes.getFirst());
    assertFalse(changes.stream().skip(1).anyMatch(change -> !(change > 0 && change < 2)));
  }

  @Test
  void whatIsKeptGoesWithThePicture() {
    try (var part = open(DType.F32, Residency.ALL)) {
      var steps = new SparedSteps(part.network(), DType.F32);
      steps.velocities(Shortcuts.NONE); // reads the weights
      LeakCheck.leavesNothing(() -> steps.velocities(both(StepCache.Look.FIRST_BLOCK)));
      LeakCheck.leavesNothing(() -> steps.velocities(both(StepCache.Look.MODULATED_INPUT)));
    }
  }

  @Test
  void whatReferencesTakeIsKnownBefore() {
    // 19 + 38 blocks, 4096 tokens of 3072 numbers, keys and values, two bytes each
    assertEquals(
        57L * 4096 * 3072 * 2 * 2, ReferenceCache.bytes(FluxConfig.PUBLISHED, 4096, DType.BF16));
  }
}
