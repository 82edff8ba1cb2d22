package dev.kontext4j.cli.picture;

import dev.kontext4j.sampler.picture.Picture;

/// Filters the rows of an RGB picture for compression: of the five filters the one whose result has
/// the smallest sum of magnitudes.
final class PngRowFilter {
  private static final int PIXEL = 3;
  private static final int FILTERS = 5;

  private final byte[] rgb;
  private final int stride;
  private final byte[] candidate;
  private byte[] best;

  PngRowFilter(Picture picture) {
    rgb = picture.rgb();
    stride = PIXEL * picture.width();
    candidate = new byte[1 + stride];
    best = new byte[1 + stride];
  }

  /// The filter's number and the filtered row; valid until the next call.
  byte[] filtered(int y) {
    best = new byte[1 + stride];
    long least = Long.MAX_VALUE;
    for (int filter = 0; filter < FILTERS; filter++) {
      long sum = apply(filter, y);
      if (sum < least) {
        least = sum;
        System.arraycopy(candidate, 0, best, 0, candidate.length);
      }
    }
    return best;
  }

  private long apply(int filter, int y) {
    candidate[0] = (byte) filter;
    int row = y * stride;
    long sum = 0;
    for (int i = 0; i < stride; i++) {
      int left = i < PIXEL ? 0 : rgb[row + i - PIXEL] & 0xff;
      int above = y == 0 ? 0 : rgb[row + i - stride] & 0xff;
      int corner = i < PIXEL || y == 0 ? 0 : rgb[row + i - stride - PIXEL] & 0xff;
      int predicted =
          switch (filter) {
            case 0 -> 0;
            case 1 -> left;
            case 2 -> above;
            case 3 -> (left + above) / 2;
            default -> PngFilter.paeth(left, above, corner);
          };
      byte difference = (byte) (rgb[row + i] - predicted);
      candidate[1 + i] = difference;
      sum += Math.abs(difference);
    }
    return sum;
  }
}
