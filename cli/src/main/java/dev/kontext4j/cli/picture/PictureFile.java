package dev.kontext4j.cli.picture;

import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.sampler.picture.Size;
import java.io.IOException;

/// A file whose header has been read. An `IOException` says what is wrong in words that follow the
/// file's name: "is truncated".
sealed interface PictureFile permits JpegFile, PngFile, WebpFile {
  /// A file whose header is read here.
  ///
  /// @param name what to call the file in a message
  static PictureFile of(String name, byte[] bytes) throws IOException {
    return switch (PictureFormat.of(bytes).requireReadable(name)) {
      case PNG -> new PngFile(bytes);
      case JPEG -> new JpegFile(bytes);
      case WEBP -> new WebpFile(bytes);
      default -> throw new AssertionError("refused: " + name);
    };
  }

  /// As stored, before it is turned upright.
  Size size();

  Metadata metadata();

  /// All pixels, as stored.
  Picture decode(AlphaMode alpha) throws IOException;
}
