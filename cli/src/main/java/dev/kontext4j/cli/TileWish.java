package dev.kontext4j.cli;

import dev.kontext4j.vae.Tiling;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// In what tiles pictures shall go through the VAE.
///
/// @param fixed by the user; else they come if nothing else makes an edit fit
record TileWish(Optional<Tiling> fixed) {
  static final TileWish AUTO = new TileWish(Optional.empty());

  /// Pixels of a picture, each way, to one of a latent.
  private static final int PIXELS = 8;

  private static final int LEAST = 128;
  private static final int MOST = 8192;

  static TileWish of(Tiling tiling) {
    return new TileWish(Optional.of(tiling));
  }

  /// Reads `auto`, `off`, or the side of a tile in pixels.
  static final class Converter implements ITypeConverter<TileWish> {
    @Override
    public TileWish convert(String text) {
      return switch (text.strip()) {
        case "auto" -> AUTO;
        case "off" -> of(Tiling.NONE);
        case String side when side.matches("[0-9]{1,4}") -> of(Tiling.of(latent(side)));
        default -> throw refused(text);
      };
    }

    private static int latent(String side) {
      int pixels = Integer.parseInt(side);
      if (pixels < LEAST || pixels > MOST || pixels % PIXELS != 0) {
        throw refused(side);
      }
      return pixels / PIXELS;
    }

    private static TypeConversionException refused(String text) {
      return new TypeConversionException(
          "'%s' is no side of a tile: auto, off, or a multiple of %d from %d to %d"
              .formatted(text, PIXELS, LEAST, MOST));
    }
  }
}
