package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.kontext4j.cli.lora.LoraChoice;
import dev.kontext4j.cli.lora.Loras;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.lora.BlockChoice;
import dev.kontext4j.sampler.EditRequest;
import dev.kontext4j.sampler.KontextPipeline;
import dev.kontext4j.sampler.ModelFolder;
import dev.kontext4j.sampler.NoisePlan;
import dev.kontext4j.sampler.OutputSize;
import dev.kontext4j.sampler.Progress;
import dev.kontext4j.sampler.Prompt;
import dev.kontext4j.sampler.ReferenceFit;
import dev.kontext4j.sampler.ReferencePlacement;
import dev.kontext4j.sampler.Steps;
import dev.kontext4j.sampler.fast.Fast;
import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.testkit.GoldenFiles;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// Edits with one adapter after the other, from one pipeline.
class SwappedLorasTest {
  private static final Loras ONE = loras("one", 0.8);
  private static final Loras TWO = loras("two", -0.5);

  private static Loras loras(String name, double scale) {
    var file = GoldenFiles.path("lora/" + name + ".safetensors");
    return new Loras(List.of(new LoraChoice(file, scale, BlockChoice.ALL)), false, false);
  }

  private static KontextPipeline open() {
    var model = ModelFolder.open(GoldenFiles.path("model")).parts();
    return KontextPipeline.open(model, DType.F32, Device.CPU);
  }

  private static Picture edit(KontextPipeline pipeline, Loras loras) {
    try (var _ = loras.merge(pipeline, _ -> {})) {
      return pipeline.edit(request(), Progress.SILENT).getFirst().picture();
    }
  }

  private static EditRequest request() {
    return new EditRequest(
        Prompt.of("make the sky purple"),
        Optional.empty(),
        List.of(),
        ReferenceFit.NONE,
        ReferencePlacement.INDEX,
        new OutputSize.Exact(OptionalInt.of(64), OptionalInt.of(64), OptionalLong.empty()),
        new Steps.Count(2),
        2.5f,
        NoisePlan.counting(7, 1, false, Optional.empty()),
        OptionalInt.empty(),
        Fast.EXACT);
  }

  private static Picture alone(Loras loras) {
    try (var pipeline = open()) {
      return edit(pipeline, loras);
    }
  }

  @Test
  void eachEditIsThatOfAModelOpenedForIt() {
    var bare = alone(Loras.NONE);
    var one = alone(ONE);
    var two = alone(TWO);
    assertNotEquals(bare, one);
    assertNotEquals(one, two);
    try (var pipeline = open()) {
      assertEquals(one, edit(pipeline, ONE));
      long alive = Scope.liveTensors();
      assertEquals(two, edit(pipeline, TWO));
      assertEquals(one, edit(pipeline, ONE));
      assertEquals(alive, Scope.liveTensors());
      assertEquals(bare, edit(pipeline, Loras.NONE));
    }
  }
}
