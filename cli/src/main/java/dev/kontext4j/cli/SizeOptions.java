package dev.kontext4j.cli;

import dev.kontext4j.sampler.OutputSize;
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

  OutputSize size() {
    return new OutputSize(
        optional(width),
        optional(height),
        maxArea == null ? OptionalLong.empty() : OptionalLong.of(maxArea));
  }

  private static OptionalInt optional(@Nullable Integer number) {
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }
}
