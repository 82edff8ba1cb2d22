package dev.kontext4j.sampler.preview;

import dev.kontext4j.sampler.picture.Picture;

/// A picture that has all colours: a square of each of 4 x 4 x 4, no two alike.
public final class ColourChart {
  private static final int SQUARE = 16;
  private static final int ACROSS = 8;
  private static final int LEVELS = 4;

  private ColourChart() {}

  public static Picture picture() {
    int side = SQUARE * ACROSS;
    var rgb = new byte[3 * side * side];
    for (int pixel = 0; pixel < side * side; pixel++) {
      int square = pixel / side / SQUARE * ACROSS + pixel % side / SQUARE;
      for (int channel = 0; channel < 3; channel++) {
        rgb[3 * pixel + channel] = (byte) (square % LEVELS * 255 / (LEVELS - 1));
        square /= LEVELS;
      }
    }
    return new Picture(side, side, rgb);
  }
}
