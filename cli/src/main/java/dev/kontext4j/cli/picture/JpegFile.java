package dev.kontext4j.cli.picture;

import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.sampler.picture.Size;
import java.io.IOException;

/// A JPEG file.
final class JpegFile implements PictureFile {
  private final JpegSegments segments;

  JpegFile(byte[] file) throws IOException {
    segments = new JpegSegments(file);
  }

  @Override
  public Size size() {
    return segments.frame().size();
  }

  @Override
  public Metadata metadata() {
    return segments.metadata();
  }

  @Override
  public Picture decode(AlphaMode alpha) throws IOException {
    JpegFrame frame = segments.frame();
    byte[] samples = JpegSamples.decode(segments.withoutMetadata(), size(), frame.components());
    var rows = new JpegSmoothRows(samples, size(), frame.components());
    for (int c = 0; c < frame.components(); c++) {
      if (frame.halfRows(c)) {
        rows.smooth(c);
      }
    }
    byte[] rgb = segments.colour().toRgb(samples);
    return new Picture(size().width(), size().height(), rgb);
  }
}
