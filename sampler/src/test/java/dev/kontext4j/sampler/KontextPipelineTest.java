package dev.kontext4j.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
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
        OptionalInt.of(16));
  }

  private static Picture grey(int side) {
    return new Picture(side, side, new byte[3 * side * side]);
  }

  @Test
  void anEditLeavesNoTensor() {
    LeakCheck.leavesNothing(() -> pipeline.edit(request(64, grey(64)), Progress.SILENT));
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

  @Test
  void whatCannotBeIsRefusedBeforeAnyWork() {
    events.clear();
    assertThrows(PictureException.class, () -> pipeline.edit(request(8), events::add));
    assertThrows(PictureException.class, () -> pipeline.edit(request(64, grey(8)), events::add));
    assertEquals(List.of(), events);
  }
}
