package dev.kontext4j.transformer.t5;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.nn.Embedding;
import dev.kontext4j.engine.weights.Weights;
import java.util.ArrayList;

/// T5's only notion of position: every head adds to a score what it has learned for the distance
/// between the two tokens. Distances fall into buckets: half of them for tokens ahead; near
/// distances have one each, far ones share them on a logarithmic scale.
record RelativePositions(Embedding table, int buckets, int maxDistance) {

  static RelativePositions load(Weights weights, T5Config config) {
    return new RelativePositions(
        Embedding.load(weights, config.buckets(), config.heads()),
        config.buckets(),
        config.maxDistance());
  }

  /// What to add to the scores of `length` tokens: (1, H, L, L).
  Tensor bias(int length) {
    return Scope.tidy(() -> {
      var rows = new ArrayList<long[]>();
      for (int query = 0; query < length; query++) {
        var row = new long[length];
        for (int key = 0; key < length; key++) {
          row[key] = bucket(key - query);
        }
        rows.add(row);
      }
      return table.forward(rows).permute(2, 0, 1).unsqueeze(0).contiguous();
    });
  }

  /// @param distance from the token that attends to the one attended to
  int bucket(int distance) {
    int half = buckets / 2;
    int ahead = distance > 0 ? half : 0;
    int steps = Math.abs(distance);
    int exact = half / 2;
    return ahead + (steps < exact ? steps : Math.min(shared(steps, exact, half), half - 1));
  }

  /// In f32, as the reference computes it: where a bucket begins hangs on the last bit.
  private int shared(int steps, int exact, int half) {
    float log = (float) Math.log(steps / (float) exact);
    float logOfMax = (float) Math.log((double) maxDistance / exact);
    return exact + (int) (log / logOfMax * (half - exact));
  }
}
