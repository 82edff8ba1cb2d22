package dev.kontext4j.sampler.fast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.sampler.schedule.Schedule;
import dev.kontext4j.sampler.schedule.SchedulerConfig;
import dev.kontext4j.testkit.Golden;
import dev.kontext4j.testkit.GoldenFiles;
import dev.kontext4j.testkit.TensorAssert;
import dev.kontext4j.transformer.flux.FluxTransformer;
import dev.kontext4j.transformer.flux.Position;
import dev.kontext4j.transformer.flux.ReferenceCache;
import dev.kontext4j.transformer.flux.Shortcuts;
import dev.kontext4j.transformer.flux.StepCache;
import dev.kontext4j.transformer.flux.StepRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Twelve steps of a tiny model, beside diffusers' first-block cache, TeaCache in Python, and
/// diffusers with the references' keys and values put into its attention.
class ShortcutsTest {
  private static final int STEPS = 12;

  /// No step is computed because of where it stands, nor because of what was spared before.
  private static final SkipRule.Limits NONE = new SkipRule.Limits(0, 0, STEPS, STEPS);

  /// Notes the steps that are computed.
  private static StepRule noting(StepRule rule, List<Integer> computed) {
    return (step, change) -> {
      boolean spared = rule.spares(step, change);
      if (!spared) {
        computed.add(step);
      }
      return spared;
    };
  }

  private static Shortcuts steps(StepCaching caching, List<Integer> computed) {
    var schedule = Schedule.of(SchedulerConfig.defaults(), STEPS, 24);
    var rule = noting(new SkipRule(caching, schedule, NONE), computed);
    return new Shortcuts(
        Optional.of(new StepCache(caching.kind().look, rule, false)), Optional.empty());
  }

  private static void compare(String name, Shortcuts shortcuts, List<Integer> computed) {
    try (var _ = Scope.open();
        var golden = Golden.open("shortcuts");
        shortcuts) {
      TensorAssert.near(name, golden.tensor(name), velocities(golden, shortcuts));
      var expected = new ArrayList<Integer>();
      for (float step : golden.floats(name + ".computed")) {
        expected.add((int) step);
      }
      assertEquals(expected, computed);
    }
  }

  private static Tensor velocities(Golden golden, Shortcuts shortcuts) {
    try (var scope = Scope.open();
        var part =
            FluxTransformer.open(GoldenFiles.path("model/transformer"), DType.F32, Device.CPU)) {
      var flux = part.network();
      var reference = flux.image(golden.tensor("reference"));
      var text = flux.text(golden.tensor("text"));
      var mods =
          flux.modulations(
              golden.floats("timesteps"), golden.floats("guidance")[0], golden.tensor("pooled"));
      var rope = flux.rope(Math.toIntExact(text.size(1)), positions());
      var noise = golden.tensor("noise");
      var velocities = new ArrayList<Tensor>();
      for (int step = 0; step < STEPS; step++) {
        velocities.add(
            flux.velocity(noise.narrow(0, step, 1), reference, text, mods, step, rope, shortcuts));
      }
      return scope.keep(Tensor.cat(velocities, 0));
    }
  }

  /// 4 x 6 tokens of noise, 3 x 5 of the reference.
  private static List<Position> positions() {
    var positions = new ArrayList<Position>();
    for (int i = 0; i < 24; i++) {
      positions.add(new Position(0, i / 6, i % 6));
    }
    for (int i = 0; i < 15; i++) {
      positions.add(new Position(1, i / 5, i % 5));
    }
    return positions;
  }

  @Test
  void theFirstBlockDecidesAsInDiffusers() {
    var computed = new ArrayList<Integer>();
    var caching = new StepCaching(StepCaching.Kind.FIRST_BLOCK, 0.45);
    compare("first_block", steps(caching, computed), computed);
  }

  @Test
  void theModulatedInputDecidesAsInTeaCache() {
    var computed = new ArrayList<Integer>();
    var caching = new StepCaching(StepCaching.Kind.TEACACHE, 0.15);
    compare("teacache", steps(caching, computed), computed);
  }

  @Test
  void keysAndValuesOfReferencesAreThoseOfAnEarlierStep() {
    var ages = new ArrayList<Integer>();
    var computed = new ArrayList<>(List.of(0));
    var cache =
        new ReferenceCache((age, _) -> {
          ages.add(age);
          boolean kept = age < 3;
          if (!kept) {
            computed.add(ages.size());
          }
          return kept;
        });
    compare("references", new Shortcuts(Optional.empty(), Optional.of(cache)), computed);
    assertEquals(8, cache.spared());
  }
}
