package dev.kontext4j.cli.progress;

import dev.kontext4j.sampler.picture.LanczosResize;
import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.sampler.picture.Size;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jline.terminal.impl.ITerm2Graphics;
import org.jline.terminal.impl.KittyGraphics;
import org.jline.terminal.impl.SixelGraphics;
import org.jline.terminal.impl.TerminalGraphics;
import org.jline.utils.AttributedString;

/// Shows a small picture above the line of progress, by the best means that the terminal has.
interface PreviewPainter {
  int MOST_ROWS = 20;
  Pattern SIXEL = Pattern.compile("(?i)sixel|foot|mlterm|contour|mintty|wezterm|yaft");

  /// The rows that the picture takes, empty ones where it is laid over them.
  List<AttributedString> rows(Picture picture, Screen screen);

  /// Lays over the rows what is not text.
  void lay(Picture picture, Screen screen);

  /// Takes away what clearing the rows would leave.
  default void remove(Screen screen) {}

  /// By what the environment says of the terminal: to ask it would swallow what is typed meanwhile.
  static PreviewPainter best(Screen screen) {
    if (!screen.coloured()) {
      return new NoPreview();
    }
    return Stream.of(new KittyGraphics(), new ITerm2Graphics())
        .filter(graphics -> graphics.isSupported(screen.terminal()))
        .map(TerminalGraphics.class::cast)
        .findFirst()
        .or(() -> knowsSixel() ? Optional.of(new SixelGraphics()) : Optional.empty())
        .<PreviewPainter>map(GraphicsPainter::new)
        .orElseGet(HalfBlocks::new);
  }

  private static boolean knowsSixel() {
    return Stream.of("TERM", "TERM_PROGRAM")
        .flatMap(name -> Optional.ofNullable(System.getenv(name)).stream())
        .anyMatch(SIXEL.asPredicate());
  }

  /// The picture's size in points when a row of text is so many points high and all rows are so
  /// many.
  static Picture fitted(Picture picture, int columns, int rows, int across, int down) {
    double scale =
        Math.min(
            (double) columns * across / picture.width(), (double) rows * down / picture.height());
    return LanczosResize.resize(
        picture,
        new Size(
            Math.max(1, (int) (picture.width() * scale)),
            Math.max(1, (int) (picture.height() * scale))));
  }
}
