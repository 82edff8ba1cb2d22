package dev.kontext4j.vae;

import java.util.ArrayList;
import java.util.List;

/// In what pieces a picture goes through the autoencoder: whole, or in tiles, one after the other,
/// which bounds the memory at its peak ([VaeMemory]).
///
/// A tile is normalised, and attends, by itself, so a picture made of tiles is a little another one
/// (docs/measurements.md).
///
/// @param side of a tile at most, in pixels of the latent
/// @param overlap of neighbours, in pixels of the latent; in it one fades into the other
public record Tiling(int side, int overlap) {

  /// Pictures go through whole.
  public static final Tiling NONE = new Tiling(Integer.MAX_VALUE, 0);

  public Tiling {
    if (side < 1 || overlap < 0 || overlap > side / 2) {
      throw new IllegalArgumentException(
          "tiles of " + side + " that overlap by " + overlap + " leave too little of each");
    }
  }

  /// With the usual overlap of a quarter.
  public static Tiling of(int side) {
    return new Tiling(side, side / 4);
  }

  /// How far behind the one before a tile begins.
  int stride() {
    return side - overlap;
  }

  /// Where the tiles of a direction begin. As in the reference, but for tiles there that show
  /// nothing that the one before does not show with more around it.
  List<Integer> starts(int extent) {
    var starts = new ArrayList<>(List.of(0));
    while (starts.getLast() + (long) side < extent) {
      starts.add(starts.getLast() + stride());
    }
    return starts;
  }

  /// How long the longest tile of a direction is.
  int longest(int extent) {
    return Math.min(side, extent);
  }
}
