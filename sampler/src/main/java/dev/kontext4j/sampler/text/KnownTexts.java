package dev.kontext4j.sampler.text;

import dev.kontext4j.engine.Tensor;
import java.util.Optional;

/// What text encoders have made of prompts before, so that they need not be loaded for them again.
/// What is found is what would be made, bit for bit.
public interface KnownTexts extends AutoCloseable {
  /// Nothing is known, and nothing is kept.
  KnownTexts NONE =
      new KnownTexts() {
        @Override
        public Optional<Tensor> find(EncoderInput input) {
          return Optional.empty();
        }

        @Override
        public void keep(EncoderInput input, Tensor made) {
          // nowhere
        }
      };

  /// What was made of this, on the CPU, in the innermost open scope.
  Optional<Tensor> find(EncoderInput input);

  /// Keeps what was made of this, at once or when the hashes of the encoder's weights are known.
  void keep(EncoderInput input, Tensor made);

  /// Hashes of weights that were not known before may be known now. From any thread.
  default void settle() {}

  @Override
  default void close() {}
}
