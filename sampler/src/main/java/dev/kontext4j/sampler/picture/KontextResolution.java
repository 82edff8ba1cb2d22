package dev.kontext4j.sampler.picture;

import java.util.List;

/// The sizes an edit works in. `multiple` is always the latent grid in pixels: twice the VAE's
/// factor, 16 for the published model.
///
/// See `PREFERRED_KONTEXT_RESOLUTIONS` and `__call__` in
/// <https://github.com/huggingface/diffusers/blob/v0.42.1/src/diffusers/pipelines/flux/pipeline_flux_kontext.py>.
public final class KontextResolution {
  /// The area outputs are scaled to unless the user says otherwise.
  public static final int MAX_AREA = 1024 * 1024;

  /// The sizes the model was trained on, from the tallest to the widest.
  public static final List<Size> PREFERRED =
      List.of(
          new Size(672, 1568),
          new Size(688, 1504),
          new Size(720, 1456),
          new Size(752, 1392),
          new Size(800, 1328),
          new Size(832, 1248),
          new Size(880, 1184),
          new Size(944, 1104),
          new Size(1024, 1024),
          new Size(1104, 944),
          new Size(1184, 880),
          new Size(1248, 832),
          new Size(1328, 800),
          new Size(1392, 752),
          new Size(1456, 720),
          new Size(1504, 688),
          new Size(1568, 672));

  private KontextResolution() {}

  /// The preferred size whose aspect ratio is nearest to that of a reference picture; of two
  /// equally near ones the narrower.
  public static Size bucket(Size reference, int multiple) {
    double aspect = reference.flooredTo(multiple).aspect();
    Size best = PREFERRED.getFirst();
    for (Size size : PREFERRED) { // in order of width, so that the first of equals is the narrower
      if (Math.abs(aspect - size.aspect()) < Math.abs(aspect - best.aspect())) {
        best = size;
      }
    }
    return best.flooredTo(multiple);
  }

  /// A reference picture's own size, cut down to the grid.
  public static Size kept(Size reference, int multiple) {
    return reference.flooredTo(multiple);
  }

  /// The size asked for, scaled to an area and cut down to the grid: the reference takes only the
  /// aspect ratio from the user.
  public static Size scaledToArea(Size asked, long maxArea, int multiple) {
    double aspect = asked.aspect();
    int width = (int) Math.rint(Math.sqrt(maxArea * aspect));
    int height = (int) Math.rint(Math.sqrt(maxArea / aspect));
    if (width < multiple || height < multiple) {
      throw new PictureException(
          "%s scaled to an area of %d pixels is %dx%d; both sides must be at least %d"
              .formatted(asked, maxArea, width, height, multiple));
    }
    return new Size(width, height).flooredTo(multiple);
  }
}
