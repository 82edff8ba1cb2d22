package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.cli.lora.LoraChoice;
import dev.kontext4j.cli.lora.Loras;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.residency.Residency;
import dev.kontext4j.lora.BlockChoice;
import dev.kontext4j.sampler.EditRequest;
import dev.kontext4j.sampler.EditResult;
import dev.kontext4j.sampler.KontextPipeline;
import dev.kontext4j.sampler.MemoryPlan;
import dev.kontext4j.sampler.ModelFiles;
import dev.kontext4j.sampler.ModelFolder;
import dev.kontext4j.sampler.ModelSurvey;
import dev.kontext4j.sampler.NoisePlan;
import dev.kontext4j.sampler.OutputSize;
import dev.kontext4j.sampler.Progress;
import dev.kontext4j.sampler.Prompt;
import dev.kontext4j.sampler.ReferenceFit;
import dev.kontext4j.sampler.ReferencePlacement;
import dev.kontext4j.sampler.Steps;
import dev.kontext4j.sampler.fast.Fast;
import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.sampler.plan.MemoryLimit;
import dev.kontext4j.sampler.plan.Planner;
import dev.kontext4j.sampler.plan.Planning;
import dev.kontext4j.sampler.plan.Start;
import dev.kontext4j.testkit.GoldenFiles;
import dev.kontext4j.testkit.StreamingPlans;
import dev.kontext4j.toybox.EmbeddedModel;
import dev.kontext4j.vae.Tiling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whole edits whose weights come and go: the picture is that of weights that stay, bit for bit.
class StreamedEditsTest {
  private static ModelFiles model(Path folder) {
    return ModelFolder.open(folder).parts();
  }

  private static EditRequest request(Picture... references) {
    return request(64, references);
  }

  private static EditRequest request(int side, Picture... references) {
    return new EditRequest(
        Prompt.of("make the circle red"),
        Optional.empty(),
        List.of(references),
        ReferenceFit.NONE,
        ReferencePlacement.INDEX,
        new OutputSize.Exact(OptionalInt.of(side), OptionalInt.of(side), OptionalLong.empty()),
        new Steps.Count(3),
        2.5f,
        NoisePlan.counting(7, 2, false, Optional.empty()),
        OptionalInt.empty(),
        Fast.EXACT);
  }

  private static Picture stripes() {
    var rgb = new byte[3 * 64 * 64];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i / 7);
    }
    return new Picture(64, 64, rgb);
  }

  /// Both networks with blocks, each with a plan of its own.
  private static List<MemoryPlan> plans(ModelFiles model, DType dtype) {
    var sizes = ModelSurvey.of(model, Computing.exactly(dtype, Device.CPU)).sizes();
    long ring = StreamingPlans.leastRing(sizes.transformer());
    long t5Ring = StreamingPlans.leastRing(sizes.text().t5());
    return List.of(
        new MemoryPlan(Residency.streaming(0, ring), Residency.ALL, Tiling.NONE),
        new MemoryPlan(
            Residency.streaming(1, 5 * ring / 2), Residency.streaming(0, t5Ring), Tiling.NONE),
        new MemoryPlan(
            Residency.streaming(3, 100 * ring), Residency.streaming(1, 2 * t5Ring), Tiling.NONE, 1),
        new MemoryPlan(
            Residency.streaming(100, ring), Residency.streaming(100, t5Ring), Tiling.NONE));
  }

  private static KontextPipeline open(ModelFiles model, DType dtype, MemoryPlan plan) {
    return KontextPipeline.open(model, Computing.exactly(dtype, Device.CPU), Planning.always(plan));
  }

  private static void assertSame(List<EditResult> expected, List<EditResult> found, String plan) {
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).picture(), found.get(i).picture(), plan);
      assertArrayEquals(expected.get(i).latents().values(), found.get(i).latents().values(), plan);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void theEmbeddedModelsPicturesAreTheSame(DType dtype) {
    var model = model(EmbeddedModel.folder());
    List<EditResult> resident;
    try (var pipeline = KontextPipeline.open(model, dtype, Device.CPU)) {
      resident = pipeline.edit(request(stripes()), Progress.SILENT);
    }
    for (MemoryPlan plan : plans(model, dtype)) {
      long before = Scope.liveTensors();
      try (var pipeline = open(model, dtype, plan)) {
        assertSame(resident, pipeline.edit(request(stripes()), Progress.SILENT), plan.toString());
        assertSame(resident, pipeline.edit(request(stripes()), Progress.SILENT), plan + ", again");
      }
      assertEquals(before, Scope.liveTensors());
    }
  }

  /// The least limit for a large picture: under it, more weights stay for small ones, which come
  /// before and behind it.
  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void everyRequestHasAPlanOfItsOwn(DType dtype) {
    var model = model(EmbeddedModel.folder());
    var computing = Computing.exactly(dtype, Device.CPU);
    var small = request(stripes());
    var large = request(256, stripes());
    var survey = ModelSurvey.of(model, computing);
    var tiles = Optional.of(Tiling.NONE);
    var planner = new Planner(survey.sizes(), survey.demand(large), computing, Start.WARM, tiles);
    var limit = new MemoryLimit(OptionalLong.of(planner.leastOfAll()), tiles);
    long before = Scope.liveTensors();
    try (var resident = KontextPipeline.open(model, dtype, Device.CPU);
        var limited = KontextPipeline.open(model, computing, limit)) {
      resident.edit(small, Progress.SILENT); // its weights are here now
      var held = new ArrayList<Long>();
      int most = limited.forecast(small).blocksStaying();
      for (EditRequest request : List.of(small, small, large, small, large)) {
        var forecast = limited.forecast(request);
        assertEquals(request.equals(large) ? 0 : most, forecast.blocksStaying());
        assertTrue(forecast.peak() <= planner.leastOfAll(), forecast::toString);
        assertSame(
            resident.edit(request, Progress.SILENT),
            limited.edit(request, Progress.SILENT),
            forecast.toString());
        held.add(Scope.liveTensors());
      }
      assertTrue(most > 0);
      assertTrue(held.get(2) < held.get(1), held::toString);
      assertEquals(held.get(1), held.get(3));
    }
    assertEquals(before, Scope.liveTensors());
  }

  private static Loras loras(String name, double scale) {
    var file = GoldenFiles.path("lora/" + name + ".safetensors");
    return new Loras(List.of(new LoraChoice(file, scale, BlockChoice.ALL)), false, false);
  }

  private static List<EditResult> edit(KontextPipeline pipeline, Loras loras) {
    try (var _ = loras.merge(pipeline, _ -> {})) {
      return pipeline.edit(request(), Progress.SILENT);
    }
  }

  @Test
  void alsoWithAdaptersThatAreSwapped() {
    var model = model(GoldenFiles.path("model"));
    var one = loras("one", 0.8);
    var two = loras("two", -0.5);
    List<EditResult> withOne;
    List<EditResult> withTwo;
    try (var pipeline = KontextPipeline.open(model, DType.F32, Device.CPU)) {
      withOne = edit(pipeline, one);
      withTwo = edit(pipeline, two);
    }
    assertNotEquals(withOne.getFirst().picture(), withTwo.getFirst().picture());
    for (MemoryPlan plan : plans(model, DType.F32)) {
      try (var pipeline = open(model, DType.F32, plan)) {
        assertSame(withOne, edit(pipeline, one), plan.toString());
        assertSame(withTwo, edit(pipeline, two), plan.toString());
      }
    }
  }
}
