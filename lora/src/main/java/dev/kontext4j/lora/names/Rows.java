package dev.kontext4j.lora.names;

import dev.kontext4j.engine.Tensor;

/// Some rows of a tensor, as an adapter knows them.
///
/// @param halvesSwapped whether the adapter has the upper and the lower half of them the other way
///   round
public record Rows(long first, long count, boolean halvesSwapped) {
  public long end() {
    return first + count;
  }

  /// These rows of a whole tensor, in the adapter's order.
  public Tensor of(Tensor whole) {
    return arranged(whole.size(0) == count ? whole : whole.narrow(0, first, count));
  }

  /// From the adapter's order to the network's, or back.
  public Tensor arranged(Tensor rows) {
    return halvesSwapped ? Tensor.cat(rows.chunk(2, 0).reversed(), 0) : rows;
  }

  /// Whether a row of the tensor is among these.
  public boolean contains(long row) {
    return first <= row && row < end();
  }

  public boolean overlaps(Rows other) {
    return first < other.end() && other.first < end();
  }
}
