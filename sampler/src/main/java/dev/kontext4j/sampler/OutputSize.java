package dev.kontext4j.sampler;

import dev.kontext4j.sampler.picture.KontextResolution;
import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.sampler.picture.Size;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The size a picture shall have. What is not said comes from the first reference's bucket, or is a
/// square without one.
///
/// @param maxArea the area that the size is scaled to, in pixels; not given: it is taken as it is
public record OutputSize(OptionalInt width, OptionalInt height, OptionalLong maxArea) {
  public static final OutputSize AUTOMATIC =
      new OutputSize(OptionalInt.empty(), OptionalInt.empty(), OptionalLong.empty());

  private static final Size SQUARE = new Size(1024, 1024);

  /// The size in pixels, on the latent grid.
  Size of(List<Picture> references, int grid) {
    Size natural = natural(references, grid);
    Size asked = new Size(width.orElse(natural.width()), height.orElse(natural.height()));
    return maxArea.isPresent()
        ? KontextResolution.scaledToArea(asked, maxArea.getAsLong(), grid)
        : KontextResolution.kept(asked, grid);
  }

  private Size natural(List<Picture> references, int grid) {
    if (width.isPresent() && height.isPresent()) {
      return new Size(width.getAsInt(), height.getAsInt());
    }
    return Optional.of(references)
        .filter(pictures -> !pictures.isEmpty())
        .map(pictures -> KontextResolution.bucket(pictures.getFirst().size(), grid))
        .orElse(SQUARE);
  }
}
