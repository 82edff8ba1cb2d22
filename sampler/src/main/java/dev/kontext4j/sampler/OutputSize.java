package dev.kontext4j.sampler;

import dev.kontext4j.sampler.picture.NativeSizes;
import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.sampler.picture.Size;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The size a picture shall have. What is not said comes from the first reference's bucket, or is a
/// square of the model's native area without one.
///
/// @param maxArea the area that the size is scaled to, in pixels; not given: it is taken as it is
public record OutputSize(OptionalInt width, OptionalInt height, OptionalLong maxArea) {
  public static final OutputSize AUTOMATIC =
      new OutputSize(OptionalInt.empty(), OptionalInt.empty(), OptionalLong.empty());

  /// The size in pixels, on the latent grid.
  Size of(List<Picture> references, NativeSizes sizes, int grid) {
    Size natural = natural(references, sizes, grid);
    Size asked = new Size(width.orElse(natural.width()), height.orElse(natural.height()));
    return maxArea.isPresent()
        ? asked.scaledToArea(maxArea.getAsLong(), grid)
        : asked.flooredTo(grid);
  }

  private Size natural(List<Picture> references, NativeSizes sizes, int grid) {
    if (width.isPresent() && height.isPresent()) {
      return new Size(width.getAsInt(), height.getAsInt());
    }
    return Optional.of(references)
        .filter(pictures -> !pictures.isEmpty())
        .map(pictures -> sizes.bucket(pictures.getFirst().size(), grid))
        .orElseGet(() -> sizes.square(grid));
  }
}
