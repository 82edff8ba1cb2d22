package dev.kontext4j.sampler.picture;

import java.util.Arrays;

/// An 8-bit RGB picture: three bytes a pixel, row by row from the top left, no padding.
public final class Picture {
  private final Size size;
  private final byte[] rgb;

  /// Takes the array over; nobody may write to it afterwards.
  public Picture(int width, int height, byte[] rgb) {
    size = new Size(width, height);
    long expected = 3L * width * height;
    if (rgb.length != expected) {
      throw new PictureException(
          "a picture of %s needs %d bytes of RGB, got %d".formatted(size, expected, rgb.length));
    }
    this.rgb = rgb;
  }

  public int width() {
    return size.width();
  }

  public int height() {
    return size.height();
  }

  public Size size() {
    return size;
  }

  /// The picture's own array, not a copy: only for reading.
  public byte[] rgb() {
    return rgb;
  }

  /// One channel (0 red, 1 green, 2 blue) of one pixel, 0 to 255.
  public int value(int x, int y, int channel) {
    return rgb[3 * (y * width() + x) + channel] & 0xff;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Picture that && size.equals(that.size) && Arrays.equals(rgb, that.rgb);
  }

  @Override
  public int hashCode() {
    return 31 * size.hashCode() + Arrays.hashCode(rgb);
  }

  @Override
  public String toString() {
    return "Picture[" + size + "]";
  }
}
