package dev.kontext4j.sampler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.weights.Overlay;
import dev.kontext4j.sampler.fast.Fast;
import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.sampler.picture.PictureException;
import dev.kontext4j.sampler.picture.Size;
import dev.kontext4j.testkit.GoldenFiles;
import dev.kontext4j.testkit.LeakCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// One pipeline that serves many requests, as a program would hold it; what a single request makes
/// is compared with the reference by the tests of the command line.
@TestInstance(Lifecycle.PER_CLASS)
class KontextPipelineTest {
  private KontextPipeline pipeline;
  private final List<Progress.Event> events = new ArrayList<>();

  @BeforeAll
  void open() {
    pipeline =
        KontextPipeline.open(
            ModelFolder.open(GoldenFiles.path("model")).parts(), DType.F32, Device.CPU);
  }

  @AfterAll
  void close() {
    pipeline.close();
  }

  private static EditRequest request(int side, Picture... references) {
    return request(Fast.EXACT, side, references);
  }

  private static EditRequest request(Fast fast, int side, Picture... references) {
    return new EditRequest(
        Prompt.of("make the sky purple"),
        Optional.of(new EditRequest.Negative(Prompt.of("blurry"), 2)),
        List.of(references),
        ReferenceFit.NONE,
        ReferencePlacement.INDEX,
        new OutputSize.Exact(OptionalInt.of(side), OptionalInt.of(side), OptionalLong.empty()),
        new Steps.Count(2),
        2.5f,
        NoisePlan.counting(7, 2, false, Optional.empty()),
        OptionalInt.of(16),
        fast);
  }

  private static Picture grey(int side) {
    return new Picture(side, side, new byte[3 * side * side]);
  }

  @Test
  void anEditLeavesNoTensor() {
    LeakCheck.leavesNothing(() -> pipeline.edit(request(64, grey(64)), Progress.SILENT));
  }

  @Test
  void norDoesOneThatTakesFromEarlierSteps() {
    var request = request(Fast.of("first-block=0.2,references=2"), 64, grey(64));
    LeakCheck.leavesNothing(() -> pipeline.edit(request, Progress.SILENT));
    // two pictures, each by two prompts; 16 tokens of 48 numbers in 5 blocks, in f32
    assertEquals(2 * 2 * 5 * 16 * 48 * 4, pipeline.shortcutBytes(request));
    assertEquals(0, pipeline.shortcutBytes(request(64, grey(64))));
    assertEquals(4, pipeline.edit(request, Progress.SILENT).getFirst().spared().steps());
  }

  @Test
  void norDoesOneThatFailsOnItsWay() {
    var failure = new IllegalStateException("full");
    LeakCheck.leavesNothing(() -> {
      var thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  pipeline.edit(
                      request(64),
                      Progress.SILENT,
                      _ -> {
                        throw failure;
                      }));
      assertSame(failure, thrown);
    });
  }

  @Test
  void aClosedPipelineLeavesNothing() {
    long before = Scope.liveTensors();
    var model = ModelFolder.open(GoldenFiles.path("model")).parts();
    try (var other = KontextPipeline.open(model, DType.F32, Device.CPU)) {
      assertEquals(2, other.edit(request(64), Progress.SILENT).size());
    }
    assertEquals(before, Scope.liveTensors());
  }

  @Test
  void aPictureIsHandedOutBeforeTheNextIsBegun() {
    events.clear();
    pipeline.edit(request(64), this::addButEstimates, _ -> events.add(new Progress.Text()));
    var first = new Progress.PictureNumber(1, 2);
    var second = new Progress.PictureNumber(2, 2);
    assertEquals(
        List.of(
            new Progress.Text(),
            new Progress.Shared(),
            new Progress.Step(1, 2, first),
            new Progress.Step(2, 2, first),
            new Progress.Decoding(first),
            new Progress.Text(),
            new Progress.Step(1, 2, second),
            new Progress.Step(2, 2, second),
            new Progress.Decoding(second),
            new Progress.Text()),
        events);
  }

  private void addButEstimates(Progress.Event event) {
    if (!(event instanceof Progress.Estimate)) {
      events.add(event);
    }
  }

  @Test
  void everyStepForetellsThePictureFromTheLatents() {
    var shown = new ArrayList<Picture>();
    var asked = new ArrayList<Integer>();
    pipeline.edit(
        request(64),
        event -> {
          if (event instanceof Progress.Estimate estimate) {
            asked.add(estimate.step());
            shown.add(estimate.preview().get());
          }
        });
    assertEquals(List.of(1, 2, 1, 2), asked);
    assertTrue(shown.stream().allMatch(p -> p.size().equals(new Size(8, 8))), shown::toString);
    assertNotEquals(shown.get(0), shown.get(1));
  }

  @Test
  void theSameRequestGivesTheSamePictures() {
    var request = request(64, grey(64));
    var once = pipeline.edit(request, Progress.SILENT);
    var again = pipeline.edit(request, Progress.SILENT);
    for (int i = 0; i < once.size(); i++) {
      assertEquals(once.get(i).picture(), again.get(i).picture());
    }
  }

  /// Adds a little to one weight of each network, and counts how often it is asked to.
  private static Overlay adding(String name, List<String> asked) {
    return new Overlay() {
      @Override
      public boolean touches(String other) {
        return other.equals(name);
      }

      @Override
      public Tensor apply(String other, Original weight, DType dtype) {
        asked.add(other);
        return weight.whole().add(0.05).to(dtype);
      }
    };
  }

  @Test
  void overlaysAreChangedBetweenEdits() {
    var before = pipeline.edit(request(64), Progress.SILENT).getFirst().picture();
    var asked = new ArrayList<String>();
    var layer = "single_blocks.0.linear2.weight";
    pipeline.overlay(new PerNetwork<>(adding(layer, asked), Overlay.NONE, Overlay.NONE));
    var changed = pipeline.edit(request(64), Progress.SILENT).getFirst().picture();
    assertNotEquals(before, changed);
    assertEquals(changed, pipeline.edit(request(64), Progress.SILENT).getFirst().picture());
    assertEquals(List.of(layer), asked);

    var clip = "encoder.layers.0.mlp.fc1.weight";
    var t5 = "shared.weight";
    asked.clear();
    pipeline.overlay(new PerNetwork<>(Overlay.NONE, adding(clip, asked), adding(t5, asked)));
    assertNotEquals(before, pipeline.edit(request(64), Progress.SILENT).getFirst().picture());
    assertEquals(List.of(clip, t5), asked);

    pipeline.overlay(PerNetwork.UNCHANGED);
    assertEquals(before, pipeline.edit(request(64), Progress.SILENT).getFirst().picture());
  }

  @Test
  void everyNetworkTellsItsParameters() {
    var parameters = pipeline.parameters();
    assertArrayEquals(new long[] {48, 64}, parameters.transformer().get("img_in.weight"));
    assertTrue(parameters.clip().containsKey("final_layer_norm.weight"));
    assertTrue(parameters.t5().containsKey("shared.weight"));
    var published = PerNetwork.publishedParameters();
    assertArrayEquals(
        new long[] {21_504, 3072}, published.transformer().get("single_blocks.37.linear1.weight"));
    assertArrayEquals(
        new long[] {49_408, 768}, published.clip().get("embeddings.token_embedding.weight"));
    assertArrayEquals(new long[] {32_128, 4096}, published.t5().get("shared.weight"));
  }

  @Test
  void whatCannotBeIsRefusedBeforeAnyWork() {
    events.clear();
    assertThrows(PictureException.class, () -> pipeline.edit(request(8), events::add));
    assertThrows(PictureException.class, () -> pipeline.edit(request(64, grey(8)), events::add));
    assertEquals(List.of(), events);
  }
}
