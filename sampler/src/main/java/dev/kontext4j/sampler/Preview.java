package dev.kontext4j.sampler;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.sampler.preview.ColourChart;
import dev.kontext4j.sampler.preview.Latent;
import dev.kontext4j.sampler.preview.LatentColours;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Small pictures of latents that are on their way. How the VAE's channels stand for colours it
/// finds out when it is first asked, by having a colour chart encoded.
final class Preview {
  private final Function<Picture, Tensor> encoder;
  private @Nullable LatentColours colours;

  /// @param encoder gives a picture's latent, (1, C, h, w)
  Preview(Function<Picture, Tensor> encoder) {
    this.encoder = encoder;
  }

  /// A pixel for each place of a packed latent.
  Picture of(Tensor tokens, Grid grid) {
    try (var _ = Scope.open()) {
      return colours().picture(latent(LatentTokens.unpack(tokens, grid)));
    }
  }

  private LatentColours colours() {
    if (colours == null) {
      var chart = ColourChart.picture();
      var latent = latent(encoder.apply(chart));
      colours = new LatentColours.Fit(latent.channels()).add(latent, chart).solve();
    }
    return colours;
  }

  private static Latent latent(Tensor tensor) {
    return new Latent(
        Math.toIntExact(tensor.size(1)),
        Math.toIntExact(tensor.size(2)),
        Math.toIntExact(tensor.size(3)),
        tensor.toFloats());
  }
}
