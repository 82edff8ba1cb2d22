package dev.kontext4j.cli.picture;

import dev.kontext4j.sampler.picture.Size;
import java.util.List;

/// The grid of pixels that one pass over an interlaced picture fills.
record PngPass(int firstX, int firstY, int stepX, int stepY) {
  static final List<PngPass> WHOLE = List.of(new PngPass(0, 0, 1, 1));
  static final List<PngPass> ADAM7 =
      List.of(
          new PngPass(0, 0, 8, 8),
          new PngPass(4, 0, 8, 8),
          new PngPass(0, 4, 4, 8),
          new PngPass(2, 0, 4, 4),
          new PngPass(0, 2, 2, 4),
          new PngPass(1, 0, 2, 2),
          new PngPass(0, 1, 1, 2));

  int width(Size size) {
    return Math.max(0, (size.width() - firstX + stepX - 1) / stepX);
  }

  int height(Size size) {
    return Math.max(0, (size.height() - firstY + stepY - 1) / stepY);
  }

  int x(int column) {
    return firstX + column * stepX;
  }

  int y(int row) {
    return firstY + row * stepY;
  }
}
