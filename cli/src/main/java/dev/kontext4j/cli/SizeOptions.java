package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.UsageException;
import dev.kontext4j.sampler.OutputSize;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The size of the pictures that come out.
final class SizeOptions {
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
      description =
          "Height of the result, likewise. The default for both is that of the model's own sizes"
              + " which is nearest to the first picture's shape; without a picture a square of its"
              + " own area (Kontext: 1024x1024).")
  private @Nullable Integer height;

  @Option(
      names = "--max-area",
      paramLabel = "PIXELS",
      converter = Numbers.Positive.class,
      description = "Scale the result's size to this area, keeping its shape.")
  private @Nullable Integer maxArea;

  @Option(
      names = "--aspect",
      paramLabel = "W:H",
      converter = RatioConverter.class,
      description = "Ratio of the result's sides, from 9:21 to 21:9, such as 16:9.")
  private OutputSize.@Nullable Ratio aspect;

  @Option(
      names = "--size",
      paramLabel = "small|medium|large",
      description =
          "Area of the result: a quarter of the model's own, that, or twice as much (Kontext:"
              + " 512x512, 1024x1024 or 1448x1448 pixels in all).")
  private OutputSize.@Nullable Extent extent;

  OutputSize size() {
    boolean exact = width != null || height != null || maxArea != null;
    boolean shaped = aspect != null || extent != null;
    if (exact && shaped) {
      throw new UsageException(
          "--aspect and --size go neither with --width and --height nor with --max-area");
    }
    if (shaped) {
      return new OutputSize.Shaped(
          Optional.ofNullable(aspect), extent == null ? OutputSize.Extent.MEDIUM : extent);
    }
    return new OutputSize.Exact(
        optional(width),
        optional(height),
        maxArea == null ? OptionalLong.empty() : OptionalLong.of(maxArea));
  }

  private static OptionalInt optional(@Nullable Integer number) {
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }
}
