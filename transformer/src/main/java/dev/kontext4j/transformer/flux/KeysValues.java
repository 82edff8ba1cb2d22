package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.Tensor;
import java.util.List;

/// What queries attend to: keys, turned by their positions, and values; (B, L, H, E) each.
record KeysValues(Tensor keys, Tensor values) {

  /// Those of both, this one's first.
  KeysValues then(KeysValues other) {
    return new KeysValues(
        Tensor.cat(List.of(keys, other.keys), 1), Tensor.cat(List.of(values, other.values), 1));
  }

  /// Copies of the last `count`.
  KeysValues last(long count) {
    return new KeysValues(last(keys, count), last(values, count));
  }

  private static Tensor last(Tensor tensor, long count) {
    var part = tensor.narrow(1, tensor.size(1) - count, count);
    return Tensor.cat(List.of(part), 1); // a view would keep all of it
  }
}
