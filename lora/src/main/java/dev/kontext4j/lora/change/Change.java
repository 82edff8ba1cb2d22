package dev.kontext4j.lora.change;

import dev.kontext4j.engine.Tensor;
import java.util.OptionalLong;

/// What an adapter does to a weight, or to some of its rows.
public sealed interface Change
    permits LowRank, Kronecker, Hadamard, Difference, Replacement, Decomposed {

  /// What is to be added to the weight, in the innermost open scope. It depends on the model's own
  /// weight alone and on nothing that other adapters do, so the order of adapters does not matter.
  ///
  /// @param base the model's weight in f32: (rows, columns), or (rows) where columns are 0
  /// @param strength 1 for the adapter as it was trained
  Tensor delta(Tensor base, double strength);

  long rows();

  /// 0 for a tensor of one dimension.
  long columns();

  /// The rank of a low-rank change.
  OptionalLong rank();

  /// What such a change is called.
  String kind();
}
