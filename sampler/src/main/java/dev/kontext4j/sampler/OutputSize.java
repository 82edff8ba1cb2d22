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
public sealed interface OutputSize {
  OutputSize AUTOMATIC = new Exact(OptionalInt.empty(), OptionalInt.empty(), OptionalLong.empty());

  /// The size in pixels, on the latent grid.
  Size of(List<Picture> references, NativeSizes sizes, int grid);

  /// What nobody asked for.
  private static Size natural(List<Picture> references, NativeSizes sizes, int grid) {
    return references.isEmpty()
        ? sizes.square(grid)
        : sizes.bucket(references.getFirst().size(), grid);
  }

  /// Sides in pixels.
  ///
  /// @param maxArea the area that the size is scaled to, in pixels; not given: it is taken as it is
  record Exact(OptionalInt width, OptionalInt height, OptionalLong maxArea) implements OutputSize {
    @Override
    public Size of(List<Picture> references, NativeSizes sizes, int grid) {
      Size asked =
          width.isPresent() && height.isPresent()
              ? new Size(width.getAsInt(), height.getAsInt())
              : completed(natural(references, sizes, grid));
      return maxArea.isPresent()
          ? asked.scaledToArea(maxArea.getAsLong(), grid)
          : asked.flooredTo(grid);
    }

    private Size completed(Size natural) {
      return new Size(width.orElse(natural.width()), height.orElse(natural.height()));
    }
  }

  /// A ratio of the sides, and an area by the model's own.
  ///
  /// @param ratio not given: that of the natural size
  record Shaped(Optional<Ratio> ratio, Extent extent) implements OutputSize {
    @Override
    public Size of(List<Picture> references, NativeSizes sizes, int grid) {
      long area = Math.round(sizes.area() * extent.factor);
      return ratio
          .map(given -> given.size(area, grid))
          .orElseGet(() -> natural(references, sizes, grid).scaledToArea(area, grid));
    }
  }

  /// How large, beside the model's own area.
  enum Extent {
    SMALL(0.25),
    MEDIUM(1),
    LARGE(2);

    private final double factor;

    Extent(double factor) {
      this.factor = factor;
    }
  }

  /// Width to height.
  record Ratio(int width, int height) {
    /// The size of about this area whose sides are nearest to the ratio's, on a grid.
    Size size(long area, int grid) {
      double wide = Math.sqrt((double) area * width / height);
      double high = Math.sqrt((double) area * height / width);
      return new Size(nearest(wide, grid), nearest(high, grid));
    }

    private static int nearest(double side, int grid) {
      return Math.max(grid, grid * (int) Math.rint(side / grid));
    }
  }
}
