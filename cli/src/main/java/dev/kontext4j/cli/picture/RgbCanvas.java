package dev.kontext4j.cli.picture;

import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.sampler.picture.Size;

/// The RGB picture that colours with alpha are put on.
final class RgbCanvas {
  private final Size size;
  private final AlphaMode alpha;
  private final byte[] rgb;

  RgbCanvas(Size size, AlphaMode alpha) {
    this.size = size;
    this.alpha = alpha;
    this.rgb = new byte[3 * size.width() * size.height()];
  }

  /// Every value is 0 to 255.
  void put(int x, int y, int red, int green, int blue, int opacity) {
    int at = 3 * (y * size.width() + x);
    if (alpha == AlphaMode.DROP || opacity == 255) {
      rgb[at] = (byte) red;
      rgb[at + 1] = (byte) green;
      rgb[at + 2] = (byte) blue;
    } else {
      rgb[at] = overWhite(red, opacity);
      rgb[at + 1] = overWhite(green, opacity);
      rgb[at + 2] = overWhite(blue, opacity);
    }
  }

  Picture picture() {
    return new Picture(size.width(), size.height(), rgb);
  }

  /// The mean of the colour and white, weighted by opacity and rounded as Pillow's
  /// `alpha_composite` does on an opaque white ground: a division by 255 made of shifts, with 7
  /// bits to spare.
  private static byte overWhite(int colour, int opacity) {
    int sum = (colour * opacity + 255 * (255 - opacity) + 128) << 7;
    return (byte) (((sum >> 8) + sum) >> 15);
  }
}
