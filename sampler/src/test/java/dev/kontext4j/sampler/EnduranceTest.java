package dev.kontext4j.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.MemoryException;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.residency.GroupSize;
import dev.kontext4j.engine.residency.Residency;
import dev.kontext4j.engine.weights.Overlay;
import dev.kontext4j.sampler.fast.Fast;
import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.sampler.plan.MemoryForecast;
import dev.kontext4j.sampler.plan.Planner;
import dev.kontext4j.sampler.plan.Planning;
import dev.kontext4j.testkit.GoldenFiles;
import dev.kontext4j.vae.Tiling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When there is not enough memory in the middle of a run, it goes on under the next smaller plan,
/// and the picture is the same. The allocator's refusal is a real one.
class EnduranceTest {
  private static final ModelFiles MODEL = ModelFolder.open(GoldenFiles.path("model")).parts();
  private static final Computing COMPUTING = Computing.exactly(DType.F32, Device.CPU);
  private static final int STEPS = 3;
  private static final long LARGEST_GROUP =
      ModelSurvey.of(MODEL, COMPUTING).sizes().transformer().stream()
          .mapToLong(GroupSize::stored)
          .max()
          .orElseThrow();

  /// One block stays, the others come and go.
  private static final MemoryPlan BEFORE = plan(1);

  private static final MemoryPlan AFTER = plan(0);

  private static MemoryPlan plan(int staying) {
    return new MemoryPlan(
        Residency.streaming(staying, 2 * LARGEST_GROUP), Residency.ALL, Tiling.NONE);
  }

  /// Leaves a weight as it is, and wants more memory than any machine can address when the weight
  /// is read for the n-th time.
  private static final class Greedy implements Overlay {
    private static final int SIDE = 1 << 23; // 256 TiB as a square of f32
    private final int greedyAt;
    private int reads;

    Greedy(int greedyAt) {
      this.greedyAt = greedyAt;
    }

    @Override
    public boolean touches(String name) {
      return name.equals("single_blocks.1.linear2.weight");
    }

    @Override
    public Tensor apply(String name, Original weight, DType dtype) {
      if (++reads == greedyAt) {
        Tensor.of(new float[SIDE], SIDE, 1).mul(Tensor.of(new float[SIDE], 1, SIDE));
      }
      return weight.whole().to(dtype);
    }
  }

  /// What a run made, and what it told.
  private record Run(List<byte[]> pictures, List<Progress.Event> events) {
    long count(Class<?> kind) {
      return events.stream().filter(kind::isInstance).count();
    }
  }

  private static Run run(Fast fast, int greedyAt, Planning planning) {
    try (var pipeline = KontextPipeline.open(MODEL, COMPUTING, planning)) {
      pipeline.overlay(new PerNetwork<>(new Greedy(greedyAt), Overlay.NONE, Overlay.NONE));
      var pictures = new ArrayList<byte[]>();
      var events = new ArrayList<Progress.Event>();
      pipeline.edit(request(fast), events::add, made -> pictures.add(made.picture().rgb()));
      return new Run(pictures, events);
    }
  }

  private static EditRequest request(Fast fast) {
    return new EditRequest(
        Prompt.of("make the sky purple"),
        Optional.empty(),
        List.of(new Picture(32, 32, new byte[3 * 32 * 32])),
        ReferenceFit.NONE,
        ReferencePlacement.INDEX,
        new OutputSize.Exact(OptionalInt.of(32), OptionalInt.of(32), OptionalLong.empty()),
        new Steps.Count(STEPS),
        2.5f,
        NoisePlan.counting(7, 2, false, Optional.empty()),
        OptionalInt.of(16),
        fast);
  }

  /// The one plan until it fails, then the other.
  private record OneAfterTheOther(List<MemoryPlan> failures) implements Planning {
    @Override
    public MemoryForecast of(Planner request) {
      return request.forecast(BEFORE);
    }

    @Override
    public Optional<Planning> afterwards(Planner request, MemoryPlan failed) {
      failures.add(failed);
      return Optional.of(Planning.always(AFTER));
    }
  }

  /// Exact steps go on from the one that failed. With shortcuts the picture is begun again, whose
  /// steps remember.
  @ParameterizedTest
  @CsvSource({"1, none, 6", "3, none, 6", "5, none, 6", "3, first-block, 9"})
  void thePicturesAreTheSame(int greedyAt, String fast, int steps) {
    var undisturbed = run(Fast.of(fast), 0, Planning.always(BEFORE));
    assertEquals(0, undisturbed.count(Progress.LessMemory.class));
    var failed = new ArrayList<MemoryPlan>();
    var disturbed = run(Fast.of(fast), greedyAt, new OneAfterTheOther(failed));
    assertEquals(List.of(BEFORE), failed);
    assertTrue(disturbed.events.contains(new Progress.LessMemory(AFTER)));
    assertEquals(1, disturbed.count(Progress.LessMemory.class));
    assertEquals(steps, disturbed.count(Progress.Step.class));
    for (int i = 0; i < 2; i++) {
      assertArrayEquals(undisturbed.pictures.get(i), disturbed.pictures.get(i));
    }
  }

  /// Where there is no smaller plan, the refusal is what is told.
  @Test
  void withoutASmallerPlanItIsRefused() {
    var refusal =
        assertThrows(MemoryException.class, () -> run(Fast.EXACT, 3, Planning.always(BEFORE)));
    assertTrue(refusal.getMessage().contains("Not enough memory"), refusal::getMessage);
  }
}
