package dev.kontext4j.cli.progress;

import dev.kontext4j.cli.picture.RgbImage;
import dev.kontext4j.sampler.picture.Picture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jline.terminal.impl.KittyGraphics;
import org.jline.terminal.impl.TerminalGraphics;
import org.jline.utils.AttributedString;

/// A picture for a terminal that knows pictures: Kitty's, iTerm2's or Sixel's.
final class GraphicsPainter implements PreviewPainter {
  /// Letters are at least so high; where they are higher, the picture ends above the last row.
  private static final int ROW = 16;

  private static final int COLUMN = 8;
  private static final int KITTYS_CHUNK = 4096;
  private static final Pattern KITTYS_ID = Pattern.compile("[,G]i=([0-9]{1,9})");

  private final TerminalGraphics protocol;
  private OptionalInt shown = OptionalInt.empty();

  GraphicsPainter(TerminalGraphics protocol) {
    this.protocol = protocol;
  }

  @Override
  public List<AttributedString> rows(Picture picture, Screen screen) {
    int height = fitted(picture, screen).height();
    return Collections.nCopies((height + ROW - 1) / ROW, AttributedString.EMPTY);
  }

  private static Picture fitted(Picture picture, Screen screen) {
    int rows = Math.min(MOST_ROWS, screen.rows() - 3);
    return PreviewPainter.fitted(picture, screen.columns(), rows, COLUMN, ROW);
  }

  @Override
  public void lay(Picture picture, Screen screen) {
    remove(screen); // or they would lie one over the other
    try {
      screen.lay(escaped(RgbImage.of(fitted(picture, screen))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String escaped(BufferedImage image) throws IOException {
    var options = new TerminalGraphics.ImageOptions().inline(true);
    if (!(protocol instanceof KittyGraphics kitty)) {
      return protocol.convertImage(image, options);
    }
    String escaped = kitty.convertImageChunked(image, options, KITTYS_CHUNK);
    var id = KITTYS_ID.matcher(escaped);
    shown = id.find() ? OptionalInt.of(Integer.parseInt(id.group(1))) : OptionalInt.empty();
    return escaped;
  }

  /// Kitty's pictures float above the text. Only ours goes, for other programs may have some there;
  /// JLine's own deletion names a picture and takes all, because it does not say that it means one.
  @Override
  public void remove(Screen screen) {
    shown.ifPresent(id -> screen.send("\033_Ga=d,d=I,i=%d,q=2\033\\".formatted(id)));
  }
}
