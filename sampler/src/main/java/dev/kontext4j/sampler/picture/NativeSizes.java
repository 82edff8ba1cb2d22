package dev.kontext4j.sampler.picture;

import java.util.Comparator;
import java.util.List;

/// The sizes a model was trained on.
///
/// @param area of a picture that nothing else gives a size, in pixels
/// @param buckets in any order
public record NativeSizes(int area, List<Size> buckets) {

  /// Those of the published model; `PREFERRED_KONTEXT_RESOLUTIONS` in
  /// <https://github.com/huggingface/diffusers/blob/v0.42.1/src/diffusers/pipelines/flux/pipeline_flux_kontext.py>.
  public static final NativeSizes KONTEXT =
      new NativeSizes(
          1024 * 1024,
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
              new Size(1568, 672)));

  public NativeSizes {
    if (buckets.isEmpty()) {
      throw new IllegalArgumentException("at least one bucket is needed");
    }
    // in order of width, so that the first of equally near ones is the narrower
    var order = Comparator.comparingInt(Size::width).thenComparingInt(Size::height);
    buckets = buckets.stream().sorted(order).toList();
  }

  /// The bucket whose aspect ratio is nearest to that of a reference picture; of two equally near
  /// ones the narrower.
  ///
  /// @param grid the latent grid in pixels: twice the VAE's factor, 16 for the published model
  public Size bucket(Size reference, int grid) {
    double aspect = reference.flooredTo(grid).aspect();
    Size best = buckets.getFirst();
    for (Size size : buckets) {
      if (Math.abs(aspect - size.aspect()) < Math.abs(aspect - best.aspect())) {
        best = size;
      }
    }
    return best.flooredTo(grid);
  }

  /// The square of the native area, on the latent grid.
  public Size square(int grid) {
    int side = (int) Math.sqrt(area);
    return new Size(side, side).flooredTo(grid);
  }
}
