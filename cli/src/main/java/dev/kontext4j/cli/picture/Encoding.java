package dev.kontext4j.cli.picture;

import dev.kontext4j.sampler.picture.Picture;
import java.io.IOException;
import java.util.Optional;

/// How a picture becomes a file. The same picture and note give the same bytes.
public sealed interface Encoding {
  int LOWEST_QUALITY = 1;
  int HIGHEST_QUALITY = 100;

  /// The bytes of a file.
  ///
  /// @param note a text for programs that the file carries along, in a place of its own
  byte[] encode(Picture picture, Optional<String> note) throws IOException;

  /// Whether a file of this kind has room for a note.
  default boolean carries(String note) {
    return true;
  }

  /// PNG, which is without loss.
  record Png() implements Encoding {
    @Override
    public byte[] encode(Picture picture, Optional<String> note) {
      return PngEncoder.encode(picture, note);
    }
  }

  /// JPEG.
  ///
  /// @param quality as libjpeg counts, 1 to 100
  record Jpeg(int quality, boolean progressive) implements Encoding {
    @Override
    public boolean carries(String note) {
      return JpegEncoder.carries(note);
    }

    @Override
    public byte[] encode(Picture picture, Optional<String> note) throws IOException {
      return JpegEncoder.encode(picture, this, note);
    }
  }

  /// WebP.
  ///
  /// @param quality as libwebp counts, 1 to 100; none: without loss
  record Webp(Optional<Integer> quality) implements Encoding {
    @Override
    public byte[] encode(Picture picture, Optional<String> note) throws IOException {
      return WebpEncoder.encode(picture, quality, note);
    }
  }
}
