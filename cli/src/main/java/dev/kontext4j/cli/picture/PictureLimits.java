package dev.kontext4j.cli.picture;

import dev.kontext4j.sampler.picture.Size;
import java.io.IOException;

/// The largest picture that is decoded; larger ones are refused from their header alone.
public record PictureLimits(int maxSide, long maxPixels) {
  /// Room for any camera's ordinary picture and for panoramas, in about 300 MB.
  public static final PictureLimits DEFAULT = new PictureLimits(32_768, 100_000_000);

  void check(Size size) throws IOException {
    long pixels = (long) size.width() * size.height();
    if (pixels > maxPixels || size.width() > maxSide || size.height() > maxSide) {
      throw new IOException(
          "has %s pixels (%.1f megapixels); at most %d a side and %.0f megapixels are read;"
                  .formatted(size, pixels / 1e6, maxSide, maxPixels / 1e6)
              + " make it smaller first");
    }
  }
}
