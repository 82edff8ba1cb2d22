package dev.kontext4j.cli.progress;

import dev.kontext4j.cli.failure.WriteException;
import dev.kontext4j.cli.picture.Encoding;
import dev.kontext4j.cli.picture.PictureWriter;
import dev.kontext4j.sampler.Progress;
import dev.kontext4j.sampler.picture.LanczosResize;
import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.sampler.picture.Size;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The picture so far in a file, which is replaced after each step: something else shows it.
public final class PreviewFile implements Progress {
  private static final int ENLARGED = 4; // to half the result's size

  private final Path file;
  private final Encoding encoding;
  private final RunDisplay display;
  private boolean failed;

  /// @param display is told if the file cannot be written; the edit is worth more than its preview
  public PreviewFile(Path file, Encoding encoding, RunDisplay display) {
    this.file = file;
    this.encoding = encoding;
    this.display = display;
  }

  @Override
  public void at(Event event) {
    if (event instanceof Estimate estimate && !failed) {
      try {
        write(estimate.preview().get());
      } catch (IOException e) {
        failed = true;
        display.say("no more previews: %s (%s)".formatted(file, WriteException.reason(e)));
      }
    }
  }

  private void write(Picture picture) throws IOException {
    var size = new Size(ENLARGED * picture.width(), ENLARGED * picture.height());
    PictureWriter.write(
        file, encoding.encode(LanczosResize.resize(picture, size), Optional.empty()));
  }
}
