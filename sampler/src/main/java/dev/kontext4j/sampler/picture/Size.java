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
  Size flooredTo(int multiple) {
    if (width < multiple || height < multiple) {
      throw new PictureException(
          "%s is too small; both sides must be at least %d pixels".formatted(this, multiple));
    }
    return new Size(width / multiple * multiple, height / multiple * multiple);
  }

  double aspect() {
    return (double) width / height;
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
