package dev.kontext4j.vae;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stage that takes a picture tile by tile, row by row of them. A tile fades in over the end of
/// the one above it and of the one on its left, which have faded in over theirs: the order decides
/// what the corners, which four tiles share, are made of, and is the reference's.
///
/// @param in pixels that a latent's pixel has, each way, in what comes in
/// @param out the same of what goes out
record Tiles(Stage stage, Tiling tiling, int in, int out) implements Stage {
  private static final int DOWN = 2;
  private static final int RIGHT = 3;

  @Override
  public Tensor forward(Tensor x) {
    try (var scope = Scope.open()) {
      var strips = new ArrayList<Tensor>();
      var above = List.<Tensor>of();
      for (int start : starts(x, DOWN)) {
        var row = row(tile(x, DOWN, start), above);
        strips.add(joined(row, RIGHT));
        above.forEach(scope::drop);
        above = row;
      }
      return scope.keep(joined(strips, DOWN));
    }
  }

  private List<Integer> starts(Tensor x, int dim) {
    return tiling.starts(Math.toIntExact(x.size(dim) / in));
  }

  /// @param above the tiles of the row above, unless this is the first
  private List<Tensor> row(Tensor strip, List<Tensor> above) {
    var row = new ArrayList<Tensor>();
    for (int start : starts(strip, RIGHT)) {
      var upper = above.isEmpty() ? null : above.get(row.size());
      var left = row.isEmpty() ? null : row.getLast();
      row.add(
          Scope.tidy(() -> {
            var tile = stage.forward(tile(strip, RIGHT, start));
            return fadedIn(fadedIn(tile, upper, DOWN), left, RIGHT);
          }));
    }
    return row;
  }

  private Tensor tile(Tensor x, int dim, int start) {
    long from = (long) in * start;
    return x.narrow(dim, from, Math.min((long) in * tiling.side(), x.size(dim) - from));
  }

  /// A tile whose beginning is the end of the one before it, and less and less so.
  private Tensor fadedIn(Tensor tile, @Nullable Tensor before, int dim) {
    int length = out * tiling.overlap();
    if (before == null || length == 0) {
      return tile;
    }
    var share = rising(length, dim, tile);
    var end = before.narrow(dim, before.size(dim) - length, length);
    var beginning = tile.narrow(dim, 0, length);
    var seam = end.mul(share.mul(-1).add(1)).add(beginning.mul(share)).to(tile.dtype());
    var rest = tile.narrow(dim, length, tile.size(dim) - length);
    return Tensor.cat(List.of(seam, rest), dim);
  }

  /// From 0 towards 1, in f32: (n, 1) downwards, (n) to the right.
  private static Tensor rising(int n, int dim, Tensor like) {
    var values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) i / n;
    }
    return Tensor.of(values, dim == DOWN ? new long[] {n, 1} : new long[] {n}).to(like.device());
  }

  /// Tiles or strips one behind the other, each without the end that the next one has taken up.
  private Tensor joined(List<Tensor> parts, int dim) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    var shown = new ArrayList<Tensor>();
    for (Tensor part : parts.subList(0, parts.size() - 1)) {
      shown.add(part.narrow(dim, 0, (long) out * tiling.stride()));
    }
    shown.add(parts.getLast());
    return Tensor.cat(shown, dim);
  }
}
