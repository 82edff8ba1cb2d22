package dev.kontext4j.cli;

import dev.kontext4j.cli.picture.AlphaMode;
import dev.kontext4j.cli.picture.PictureReader;
import dev.kontext4j.cli.source.InputPicture;
import dev.kontext4j.sampler.ReferenceFit;
import dev.kontext4j.sampler.ReferencePlacement;
import java.util.List;
import picocli.CommandLine.Option;

/// How the pictures that go in are taken.
final class ReferenceOptions {
  @Option(
      names = "--fit",
      paramLabel = "bucket|none",
      defaultValue = "bucket",
      description =
          "Stretch pictures to the nearest of the model's own sizes, or keep their size"
              + " (default: ${DEFAULT-VALUE}).")
  private ReferenceFit fit = ReferenceFit.BUCKET;

  @Option(
      names = "--references",
      paramLabel = "index|offset",
      defaultValue = "index",
      description =
          "Several pictures: each an image of its own, or side by side on one canvas"
              + " (default: ${DEFAULT-VALUE}).")
  private ReferencePlacement placement = ReferencePlacement.INDEX;

  @Option(
      names = "--alpha",
      paramLabel = "white|drop",
      defaultValue = "white",
      description =
          "Lay transparent pictures over white, or ignore transparency"
              + " (default: ${DEFAULT-VALUE}).")
  private AlphaMode alpha = AlphaMode.WHITE;

  @Option(
      names = "--allow-local-urls",
      description = "Fetch pictures from this network's own addresses, too.")
  private boolean localUrls;

  /// The pictures that were named.
  List<InputPicture> read(List<String> names) {
    return InputPicture.all(names, localUrls, new PictureReader(alpha));
  }

  ReferenceFit fit() {
    return fit;
  }

  ReferencePlacement placement() {
    return placement;
  }

  AlphaMode alpha() {
    return alpha;
  }
}
