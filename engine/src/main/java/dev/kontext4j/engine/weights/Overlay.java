package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.Tensor;

/// What changes weights on their way from a file into a network, such as a LoRA.
public interface Overlay {
  /// Leaves every weight as it is.
  Overlay NONE =
      new Overlay() {
        @Override
        public boolean touches(String name) {
          return false;
        }

        @Override
        public Tensor apply(String name, Tensor weight) {
          return weight;
        }
      };

  /// Whether a weight is changed; one that is not may stay the mapped file itself.
  ///
  /// @param name as the network calls it
  boolean touches(String name);

  /// The changed weight, in the innermost open scope.
  ///
  /// @param weight in f32, as the network asks for it and on its device
  Tensor apply(String name, Tensor weight);
}
