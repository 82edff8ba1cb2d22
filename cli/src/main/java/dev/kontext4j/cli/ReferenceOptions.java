package dev.kontext4j.cli;

import dev.kontext4j.cli.picture.AlphaMode;
import dev.kontext4j.cli.picture.PictureReader;
import dev.kontext4j.sampler.OutputSize;
import dev.kontext4j.sampler.ReferenceFit;
import dev.kontext4j.sampler.ReferencePlacement;
import dev.kontext4j.sampler.picture.Picture;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The pictures that go in, and the size of those that come out.
final class ReferenceOptions {
  @Parameters(
      arity = "0..*",
      paramLabel = "IMAGE",
      description =
          "Pictures to edit or to take from (PNG, JPEG, WebP); none: from the text alone.")
  private List<Path> images = List.of();

  @Option(
      names = "--width",
      paramLabel = "W",
      converter = Numbers.Side.class,
      description = "Width of the result, rounded down to the latent grid.")
  private @Nullable Integer width;

  @Option(
      names = "--height",
      paramLabel = "H",
      converter = Numbers.Side.class,
      description = {
        "Height of the result (default for both: the size among Kontext's own",
        "that is nearest to the first picture's shape)."
      })
  private @Nullable Integer height;

  @Option(
      names = "--max-area",
      paramLabel = "PIXELS",
      converter = Numbers.Positive.class,
      description = "Scale the result's size to this area, keeping its shape.")
  private @Nullable Integer maxArea;

  @Option(
      names = "--fit",
      paramLabel = "bucket|none",
      defaultValue = "BUCKET",
      description = {
        "Stretch pictures that go in to the nearest of Kontext's own sizes, or",
        "keep their size (default: bucket)."
      })
  private ReferenceFit fit = ReferenceFit.BUCKET;

  @Option(
      names = "--references",
      paramLabel = "index|offset",
      defaultValue = "INDEX",
      description = {
        "Several pictures: each an image of its own, or side by side on one",
        "canvas (default: index)."
      })
  private ReferencePlacement placement = ReferencePlacement.INDEX;

  @Option(
      names = "--alpha",
      paramLabel = "white|drop",
      defaultValue = "WHITE",
      description = "Lay transparent pictures over white, or ignore transparency (default: white).")
  private AlphaMode alpha = AlphaMode.WHITE;

  List<Picture> read() {
    var reader = new PictureReader(alpha);
    return images.stream().map(reader::read).toList();
  }

  OutputSize size() {
    return new OutputSize(
        optional(width),
        optional(height),
        maxArea == null ? OptionalLong.empty() : OptionalLong.of(maxArea));
  }

  private static OptionalInt optional(@Nullable Integer number) {
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  ReferenceFit fit() {
    return fit;
  }

  ReferencePlacement placement() {
    return placement;
  }
}
