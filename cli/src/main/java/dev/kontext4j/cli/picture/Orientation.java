package dev.kontext4j.cli.picture;

import dev.kontext4j.sampler.picture.Picture;

/// How a stored picture must be turned to be upright; the constants are in the order of EXIF's
/// values 1 to 8.
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, true, false),
  TURNED_180(false, true, true),
  FLIPPED(false, false, true),
  TRANSPOSED(true, false, false),
  TURNED_90_RIGHT(true, true, false),
  TRANSVERSED(true, true, true),
  TURNED_90_LEFT(true, false, true);

  private final boolean swapAxes;
  private final boolean mirror; // of the result
  private final boolean flip; // of the result

  Orientation(boolean swapAxes, boolean mirror, boolean flip) {
    this.swapAxes = swapAxes;
    this.mirror = mirror;
    this.flip = flip;
  }

  /// Values that EXIF does not define count as upright.
  static Orientation ofExif(int value) {
    return value >= 1 && value <= 8 ? values()[value - 1] : UPRIGHT;
  }

  Picture upright(Picture stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    int width = swapAxes ? stored.height() : stored.width();
    int height = swapAxes ? stored.width() : stored.height();
    byte[] in = stored.rgb();
    byte[] out = new byte[in.length];
    int at = 0;
    for (int row = 0; row < height; row++) {
      int y = flip ? height - 1 - row : row;
      for (int column = 0; column < width; column++) {
        int x = mirror ? width - 1 - column : column;
        int from = 3 * (swapAxes ? x * stored.width() + y : y * stored.width() + x);
        out[at++] = in[from];
        out[at++] = in[from + 1];
        out[at++] = in[from + 2];
      }
    }
    return new Picture(width, height, out);
  }
}
