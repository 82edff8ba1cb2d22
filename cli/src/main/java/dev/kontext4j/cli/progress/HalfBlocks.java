package dev.kontext4j.cli.progress;

import dev.kontext4j.sampler.picture.Picture;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/// A picture in text: each letter is a half block, whose colour is one pixel and whose ground is
/// the one below.
final class HalfBlocks implements PreviewPainter {
  private static final String UPPER_HALF = "▀";

  @Override
  public List<AttributedString> rows(Picture picture, Screen screen) {
    int rows = Math.min(MOST_ROWS, screen.rows() - 3);
    var fitted = PreviewPainter.fitted(picture, screen.columns() - 1, rows, 1, 2);
    var lines = new ArrayList<AttributedString>();
    for (int y = 0; y + 1 < fitted.height(); y += 2) {
      var line = new AttributedStringBuilder();
      for (int x = 0; x < fitted.width(); x++) {
        line.style(style(fitted, x, y, screen.manyColours())).append(UPPER_HALF);
      }
      lines.add(line.toAttributedString());
    }
    return lines;
  }

  private static AttributedStyle style(Picture picture, int x, int y, boolean all) {
    var style = AttributedStyle.DEFAULT;
    if (!all) {
      return style.foreground(cube(picture, x, y)).background(cube(picture, x, y + 1));
    }
    return style
        .foreground(picture.value(x, y, 0), picture.value(x, y, 1), picture.value(x, y, 2))
        .background(
            picture.value(x, y + 1, 0), picture.value(x, y + 1, 1), picture.value(x, y + 1, 2));
  }

  /// The nearest of the 6 x 6 x 6 colours that a terminal of 256 has: JLine would search them all.
  private static int cube(Picture picture, int x, int y) {
    int index = 16;
    for (int channel = 0; channel < 3; channel++) {
      int value = picture.value(x, y, channel);
      int level = value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40; // 0, 95, 135, ... 255
      index += level * (channel == 0 ? 36 : channel == 1 ? 6 : 1);
    }
    return index;
  }

  @Override
  public void lay(Picture picture, Screen screen) {
    // all of it is text
  }
}
