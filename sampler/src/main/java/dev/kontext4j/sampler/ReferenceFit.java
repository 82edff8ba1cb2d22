package dev.kontext4j.sampler;

import dev.kontext4j.sampler.picture.KontextResolution;
import dev.kontext4j.sampler.picture.Size;

/// Which size a reference picture is stretched to before it is encoded.
public enum ReferenceFit {
  /// The nearest of the sizes the model was trained on.
  BUCKET {
    @Override
    Size size(Size picture, int grid) {
      return KontextResolution.bucket(picture, grid);
    }
  },
  /// Its own, cut down to the latent grid.
  NONE {
    @Override
    Size size(Size picture, int grid) {
      return KontextResolution.kept(picture, grid);
    }
  };

  abstract Size size(Size picture, int grid);
}
