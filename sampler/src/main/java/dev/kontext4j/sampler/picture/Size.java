package dev.kontext4j.sampler.picture;

/// Width and height in pixels, both at least 1.
public record Size(int width, int height) {
  public Size {
    if (width < 1 || height < 1) {
      throw new PictureException(
          "a picture of " + width + "x" + height + " pixels; both sides must be at least 1");
    }
  }

  /// Both sides rounded down to a multiple.
  ///
  /// @throws PictureException if nothing would be left of a side
  public Size flooredTo(int multiple) {
    if (width < multiple || height < multiple) {
      throw new PictureException(
          "%s is too small; both sides must be at least %d pixels".formatted(this, multiple));
    }
    return new Size(width / multiple * multiple, height / multiple * multiple);
  }

  /// Scaled to an area and rounded down to a multiple: of this size only the aspect ratio is left.
  /// See `__call__` in
  /// <https://github.com/huggingface/diffusers/blob/v0.42.1/src/diffusers/pipelines/flux/pipeline_flux_kontext.py>.
  ///
  /// @throws PictureException if nothing would be left of a side
  public Size scaledToArea(long area, int multiple) {
    int scaledWidth = (int) Math.rint(Math.sqrt(area * aspect()));
    int scaledHeight = (int) Math.rint(Math.sqrt(area / aspect()));
    if (scaledWidth < multiple || scaledHeight < multiple) {
      throw new PictureException(
          "%s scaled to an area of %d pixels is %dx%d; both sides must be at least %d"
              .formatted(this, area, scaledWidth, scaledHeight, multiple));
    }
    return new Size(scaledWidth, scaledHeight).flooredTo(multiple);
  }

  double aspect() {
    return (double) width / height;
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
