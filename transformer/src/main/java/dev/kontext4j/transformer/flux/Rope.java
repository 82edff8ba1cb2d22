package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Tensor;
import java.util.List;

/// Rotary position embedding over three axes (image number, row, column): each axis turns its share
/// of a head's channel pairs by angles that grow with the position.
///
/// @param table cosine and sine of every position and pair: (L, 1, E / 2, 2), always f32
public record Rope(Tensor table) {
  private static final double THETA = 10_000;

  /// The table for tokens at these positions.
  public static Rope of(List<Position> positions, List<Integer> axes, Device device) {
    int pairs = axes.stream().mapToInt(axis -> axis / 2).sum();
    var values = new float[positions.size() * pairs * 2];
    int at = 0;
    for (Position position : positions) {
      for (int axis = 0; axis < axes.size(); axis++) {
        int width = axes.get(axis);
        for (int pair = 0; pair < width / 2; pair++) {
          // The reference takes angles in f64 and rounds their cosine and sine to f32.
          double angle = position.on(axis) / Math.pow(THETA, 2.0 * pair / width);
          values[at++] = (float) Math.cos(angle);
          values[at++] = (float) Math.sin(angle);
        }
      }
    }
    return new Rope(Tensor.of(values, positions.size(), 1, pairs, 2).to(device));
  }

  /// Turns neighbouring pairs of channels: (B, L, H, E) to the same.
  Tensor rotate(Tensor x) {
    return x.rotatePairs(table);
  }

  /// The table of some neighbouring tokens.
  Rope of(long start, long count) {
    return new Rope(table.narrow(0, start, count));
  }
}
