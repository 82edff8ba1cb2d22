package dev.kontext4j.sampler;

import dev.kontext4j.engine.Tensor;
import dev.kontext4j.transformer.flux.Position;
import java.util.List;
import java.util.Optional;

/// The reference pictures as latent tokens, with their positions.
///
/// @param tokens of all pictures, one after the other: (1, Lr, C); empty without references
record References(Optional<Tensor> tokens, List<Position> positions) {

  /// The references of a run.
  ///
  /// @param tokens of each picture: (1, n, C)
  static References of(List<Tensor> tokens, List<Position> positions) {
    return new References(
        tokens.isEmpty() ? Optional.empty() : Optional.of(Tensor.cat(tokens, 1)), positions);
  }
}
