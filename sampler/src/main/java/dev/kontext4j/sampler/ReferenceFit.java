package dev.kontext4j.sampler;

import dev.kontext4j.sampler.picture.NativeSizes;
import dev.kontext4j.sampler.picture.Size;

/// Which size a reference picture is stretched to before it is encoded.
public enum ReferenceFit {
  /// The nearest of the sizes the model was trained on.
  BUCKET {
    @Override
    Size size(Size picture, NativeSizes sizes, int grid) {
      return sizes.bucket(picture, grid);
    }
  },
  /// Its own, cut down to the latent grid.
  NONE {
    @Override
    Size size(Size picture, NativeSizes sizes, int grid) {
      return picture.flooredTo(grid);
    }
  };

  abstract Size size(Size picture, NativeSizes sizes, int grid);
}
