package dev.kontext4j.cli.progress;

import dev.kontext4j.sampler.picture.Picture;
import java.util.List;
import org.jline.utils.AttributedString;

/// For who wants no colours: without them half blocks show nothing.
final class NoPreview implements PreviewPainter {
  @Override
  public List<AttributedString> rows(Picture picture, Screen screen) {
    return List.of();
  }

  @Override
  public void lay(Picture picture, Screen screen) {
    // nothing
  }
}
