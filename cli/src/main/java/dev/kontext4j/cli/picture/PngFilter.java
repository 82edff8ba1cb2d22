package dev.kontext4j.cli.picture;

/// The predictor that PNG's fourth filter is named after.
final class PngFilter {
  private PngFilter() {}

  /// Of the three neighbours the one nearest to `left + above - corner`.
  static int paeth(int left, int above, int corner) {
    int toLeft = Math.abs(above - corner);
    int toAbove = Math.abs(left - corner);
    int toCorner = Math.abs(left + above - 2 * corner);
    if (toLeft <= toAbove && toLeft <= toCorner) {
      return left;
    }
    return toAbove <= toCorner ? above : corner;
  }
}
