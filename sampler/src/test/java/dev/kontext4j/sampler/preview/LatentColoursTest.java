package dev.kontext4j.sampler.preview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.sampler.picture.Picture;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatentColoursTest {
  private static final int SIDE = 8;

  /// Channels that are mixtures of a square's mean colour, and one that means nothing.
  private static Latent mixed(Picture picture, long seed) {
    int rows = picture.height() / SIDE;
    int columns = picture.width() / SIDE;
    var noise = new Random(seed);
    var values = new float[4 * rows * columns];
    for (int place = 0; place < rows * columns; place++) {
      double[] mean = mean(picture, place % columns * SIDE, place / columns * SIDE);
      values[place] = (float) (0.01 * mean[0] - 0.02 * mean[1] + 1);
      values[rows * columns + place] = (float) (0.03 * mean[2] + 0.01 * mean[0] - 2);
      values[2 * rows * columns + place] = (float) (0.02 * mean[1] - 0.01 * mean[2]);
      values[3 * rows * columns + place] = (float) noise.nextGaussian();
    }
    return new Latent(4, rows, columns, values);
  }

  private static double[] mean(Picture picture, int left, int top) {
    var mean = new double[3];
    for (int i = 0; i < SIDE * SIDE; i++) {
      for (int c = 0; c < 3; c++) {
        mean[c] += picture.value(left + i % SIDE, top + i / SIDE, c) / (double) (SIDE * SIDE);
      }
    }
    return mean;
  }

  private static Picture random(int width, int height) {
    var rgb = new byte[3 * width * height];
    new Random(5).nextBytes(rgb);
    return new Picture(width, height, rgb);
  }

  @Test
  void whatIsLinearIsFound() {
    var chart = ColourChart.picture();
    var colours = new LatentColours.Fit(4).add(mixed(chart, 1), chart).solve();
    var picture = random(40, 24);
    var preview = colours.picture(mixed(picture, 2));
    assertEquals(5, preview.width());
    assertEquals(3, preview.height());
    for (int place = 0; place < 15; place++) {
      double[] mean = mean(picture, place % 5 * SIDE, place / 5 * SIDE);
      for (int c = 0; c < 3; c++) {
        assertEquals(mean[c], preview.value(place % 5, place / 5, c), 6, "colour " + c);
      }
    }
  }

  @Test
  void aLatentThatSaysNothingGivesTheMeanColour() {
    var chart = ColourChart.picture();
    var silent = new Latent(2, 16, 16, new float[512]);
    var grey = new LatentColours.Fit(2).add(silent, chart).solve().picture(silent);
    assertEquals(127.5, grey.value(3, 3, 0), 1);
  }

  @Test
  void theChartsSquaresAreAllDifferent() {
    var chart = ColourChart.picture();
    var colours = new HashSet<Integer>();
    for (int y = 8; y < 128; y += 16) {
      for (int x = 8; x < 128; x += 16) {
        colours.add(chart.value(x, y, 0) << 16 | chart.value(x, y, 1) << 8 | chart.value(x, y, 2));
      }
    }
    assertEquals(64, colours.size());
    assertTrue(colours.contains(0xffffff) && colours.contains(0), colours::toString);
  }
}
