package dev.kontext4j.cli.picture;

import dev.kontext4j.sampler.picture.Picture;
import java.awt.image.BufferedImage;

/// A picture as the JDK's encoders want it.
public final class RgbImage {
  private RgbImage() {}

  /// A copy.
  public static BufferedImage of(Picture picture) {
    var image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    int[] row = new int[picture.width()];
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < row.length; x++) {
        row[x] =
            picture.value(x, y, 0) << 16 | picture.value(x, y, 1) << 8 | picture.value(x, y, 2);
      }
      image.setRGB(0, y, row.length, 1, row, 0, row.length);
    }
    return image;
  }
}
