package dev.kontext4j.engine.weights;

import java.util.Optional;

/// What stands behind [Weights]: the place where full names are looked up.
interface ParameterSource {
  Parameter parameter(String name, long[] shape);

  boolean has(String name);

  /// The shape of what is there; empty if it is not.
  Optional<long[]> shape(String name);

  void requireComplete();
}
