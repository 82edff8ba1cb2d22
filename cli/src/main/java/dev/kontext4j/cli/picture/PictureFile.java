package dev.kontext4j.cli.picture;

import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.sampler.picture.Size;
import java.io.IOException;

/// A file whose header has been read. An `IOException` says what is wrong in words that follow the
/// file's name: "is truncated".
sealed interface PictureFile permits JpegFile, PngFile, WebpFile {

  /// As stored, before it is turned upright.
  Size size();

  Orientation orientation();

  /// All pixels, as stored.
  Picture decode(AlphaMode alpha) throws IOException;
}
