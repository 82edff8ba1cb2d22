package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.residency.Group;
import java.util.Optional;

/// What stands behind [Weights]: the place where full names are looked up.
interface ParameterSource {
  /// The parameter of that name, which must have that shape.
  ///
  /// @param group what it is needed with
  Parameter parameter(String name, long[] shape, Group group);

  /// The matrix of that name in numbers of 8 bits; empty if it is to be computed with as it is.
  Optional<EightBitMatrix> eightBits(String name, long rows, long columns, Group group);

  boolean has(String name);

  /// The shape of what is there; empty if it is not.
  Optional<long[]> shape(String name);

  void requireComplete();
}
