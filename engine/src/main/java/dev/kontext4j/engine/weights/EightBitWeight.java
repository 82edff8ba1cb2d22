package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.quant.EightBitRows;
import java.util.ArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A weight that is turned into numbers of 8 bits at its first use, and kept as such in the model's
/// store: from f32, whatever it is stored as, after an overlay has changed it. So it is rounded
/// once.
final class EightBitWeight {
  /// How many elements are taken at once, so that f32 is never needed of all.
  private static final long PART = 1 << 22;

  private final StoredWeight weight;
  private final DType type;
  private final Scope store;
  private final StoredParameter.Change change;
  private @Nullable EightBitRows rows;

  EightBitWeight(StoredWeight weight, DType type, Scope store, StoredParameter.Change change) {
    this.weight = weight;
    this.type = type;
    this.store = store;
    this.change = change;
  }

  /// Its two parameters. Releasing one releases both.
  EightBitMatrix matrix() {
    return new EightBitMatrix(
        new Half(this, EightBitRows::numbers), new Half(this, EightBitRows::scales));
  }

  private record Half(EightBitWeight weight, Function<EightBitRows, Tensor> which)
      implements Parameter {
    @Override
    public Tensor value() {
      return which.apply(weight.rows());
    }

    @Override
    public void release() {
      weight.release();
    }
  }

  private EightBitRows rows() {
    if (rows == null) {
      try (var _ = Scope.open()) {
        var made = made(original());
        rows = new EightBitRows(store.adopt(made.numbers()), store.adopt(made.scales()));
      }
      weight.release(); // there is a copy now
    }
    return rows;
  }

  /// What cannot be read in rows is taken as a whole, once.
  private Overlay.Original original() {
    var changed = change.now();
    if (changed.isPresent()) {
      return Overlay.Original.of(changed.get().of(weight, DType.F32));
    }
    return weight.isInRows() ? weight : Overlay.Original.of(weight.whole());
  }

  private EightBitRows made(Overlay.Original original) {
    long[] shape = original.shape();
    long length = Math.max(1, PART / shape[1]);
    var numbers = new ArrayList<Tensor>();
    var scales = new ArrayList<Tensor>();
    for (long first = 0; first < shape[0]; first += length) {
      try (var scope = Scope.open()) {
        long count = Math.min(length, shape[0] - first);
        var part = EightBitRows.of(original.rows(first, count), type);
        numbers.add(scope.keep(part.numbers()));
        scales.add(scope.keep(part.scales()));
      }
    }
    return new EightBitRows(Tensor.cat(numbers, 0), Tensor.cat(scales, 0));
  }

  private void release() {
    if (rows != null) {
      store.drop(rows.numbers());
      store.drop(rows.scales());
      rows = null;
      weight.release();
    }
  }
}
