package dev.kontext4j.cli.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.sampler.Progress.Decoding;
import dev.kontext4j.sampler.Progress.PictureNumber;
import dev.kontext4j.sampler.Progress.Step;
import dev.kontext4j.sampler.Progress.Text;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final PictureNumber FIRST = new PictureNumber(1, 2);
  private static final PictureNumber SECOND = new PictureNumber(2, 2);

  private long now;
  private final Pace pace = new Pace(() -> now);

  private void pass(double seconds) {
    now += (long) (seconds * 1e9);
  }

  private void steps(int from, int to, PictureNumber picture, double each) {
    for (int step = from; step <= to; step++) {
      pace.at(new Step(step, 10, picture));
      pass(each);
    }
  }

  @Test
  void nothingIsForetoldBeforeAStepIsDone() {
    pace.at(new Text());
    pass(3);
    assertEquals(3, pace.seconds(), 1e-6);
    pace.at(new Step(1, 10, FIRST));
    assertTrue(pace.secondsAStep().isEmpty());
    assertTrue(pace.secondsLeft().isEmpty());
  }

  @Test
  void theFirstStepCountsOnlyUntilThereIsASecond() {
    steps(1, 1, FIRST, 9);
    pace.at(new Step(2, 10, FIRST));
    assertEquals(9, pace.secondsAStep().orElseThrow(), 1e-6);
    pass(1);
    steps(3, 4, FIRST, 3);
    pace.at(new Step(5, 10, FIRST));
    assertEquals((1 + 3 + 3) / 3.0, pace.secondsAStep().orElseThrow(), 1e-6);
  }

  @Test
  void timeLeftCountsThePicturesToCome() {
    steps(1, 4, FIRST, 2);
    pace.at(new Step(5, 10, FIRST));
    pass(0.5);
    assertEquals(1.5 + 5 * 2 + 10 * 2, pace.secondsLeft().orElseThrow(), 1e-6);
    pass(1.5);
    steps(6, 10, FIRST, 2);
    pace.at(new Decoding(FIRST));
    pass(4);
    pace.at(new Step(1, 10, SECOND));
    assertEquals(10 * 2 + 4, pace.secondsLeft().orElseThrow(), 1e-6);
  }

  @Test
  void aStepThatLastsLongerThanExpectedDoesNotGoBelowNothing() {
    steps(1, 9, SECOND, 2);
    pace.at(new Step(10, 10, SECOND));
    pass(60);
    assertEquals(0, pace.secondsLeft().orElseThrow(), 1e-6);
  }

  @Test
  void theLineFitsIntoItsWidth() {
    steps(1, 2, FIRST, 0.5);
    pace.at(new Step(3, 10, FIRST));
    var line = new StatusLine(new Step(3, 10, FIRST), pace, OptionalLong.of(300L << 20));
    String whole = line.text(79).toString();
    assertTrue(whole.startsWith("step 3 of 10 (picture 1 of 2)  ━━"), whole);
    assertTrue(whole.endsWith("  2.0 it/s  0:09 left  300 MiB"), whole);
    for (int width : new int[] {1, 20, 40, 60, 79}) {
      assertTrue(line.text(width).columnLength() <= width, () -> line.text(width).toString());
    }
  }

  @Test
  void aLongPhaseShowsThatItGoesOn() {
    pace.at(new Text());
    var line = new StatusLine(new Text(), pace, OptionalLong.empty());
    assertEquals("reading the prompt", line.text(79).toString());
    pass(3725);
    assertEquals("reading the prompt  1:02:05", line.text(79).toString());
  }
}
