package dev.kontext4j.engine.weights;

/// What stands behind [Weights]: the place where full names are looked up.
interface ParameterSource {
  Parameter parameter(String name, long[] shape);

  boolean has(String name);

  void requireComplete();
}
