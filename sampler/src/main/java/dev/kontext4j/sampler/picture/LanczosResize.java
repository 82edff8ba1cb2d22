package dev.kontext4j.sampler.picture;

import java.util.Arrays;

/// Resizes as Pillow's `Image.resize(size, LANCZOS)` does, bit for bit: one axis after the other,
/// with the picture rounded to 8 bits in between. An axis that keeps its length is left alone.
///
/// The order of the axes shows in the result. It is that of Pillow 13; earlier ones always took the
/// rows first.
public final class LanczosResize {
  private static final int HALF = 1 << (LanczosKernel.PRECISION_BITS - 1);

  private LanczosResize() {}

  public static Picture resize(Picture picture, Size size) {
    if (columnsFirst(picture.size(), size)) {
      return horizontal(vertical(picture, size.height()), size.width());
    }
    return vertical(horizontal(picture, size.width()), size.height());
  }

  /// True if the height loses more than twice as many pixels as the width.
  private static boolean columnsFirst(Size from, Size to) {
    long lostHeight = (long) from.height() - to.height();
    long lostWidth = (long) from.width() - to.width();
    return lostHeight > 0 && lostHeight > 2 * lostWidth;
  }

  private static Picture horizontal(Picture picture, int width) {
    if (width == picture.width()) {
      return picture;
    }
    var kernel = new LanczosKernel(picture.width(), width);
    byte[] in = picture.rgb();
    byte[] out = newRgb(width, picture.height());
    int at = 0;
    for (int y = 0; y < picture.height(); y++) {
      int row = 3 * y * picture.width();
      for (int x = 0; x < width; x++) {
        int from = row + 3 * kernel.first(x);
        int red = HALF;
        int green = HALF;
        int blue = HALF;
        for (int weight : kernel.weights(x)) {
          red += (in[from] & 0xff) * weight;
          green += (in[from + 1] & 0xff) * weight;
          blue += (in[from + 2] & 0xff) * weight;
          from += 3;
        }
        out[at++] = clipped(red);
        out[at++] = clipped(green);
        out[at++] = clipped(blue);
      }
    }
    return new Picture(width, picture.height(), out);
  }

  /// Adds up whole rows, so that memory is read in order.
  private static Picture vertical(Picture picture, int height) {
    if (height == picture.height()) {
      return picture;
    }
    var kernel = new LanczosKernel(picture.height(), height);
    byte[] in = picture.rgb();
    int stride = 3 * picture.width();
    byte[] out = newRgb(picture.width(), height);
    int[] sums = new int[stride];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, HALF);
      int from = stride * kernel.first(y);
      for (int weight : kernel.weights(y)) {
        for (int i = 0; i < stride; i++) {
          sums[i] += (in[from + i] & 0xff) * weight;
        }
        from += stride;
      }
      for (int i = 0; i < stride; i++) {
        out[y * stride + i] = clipped(sums[i]);
      }
    }
    return new Picture(picture.width(), height, out);
  }

  private static byte[] newRgb(int width, int height) {
    long length = 3L * width * height;
    if (length > Integer.MAX_VALUE - 8) {
      throw new PictureException(
          "a picture of %dx%d pixels is too large to resize".formatted(width, height));
    }
    return new byte[(int) length];
  }

  private static byte clipped(int sum) {
    return (byte) Math.clamp(sum >> LanczosKernel.PRECISION_BITS, 0, 255);
  }
}
