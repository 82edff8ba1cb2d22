package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.residency.Group;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What a network asks for, found out without any file: it is built on weights that only listen.
public final class Outline implements ParameterSource {
  private final Map<String, long[]> shapes = new LinkedHashMap<>();

  private Outline() {}

  /// The shapes of a network's parameters by their names, in the order in which it asks.
  ///
  /// @param network builds it; its parameters have no values
  public static Map<String, long[]> of(Consumer<Weights> network) {
    var outline = new Outline();
    network.accept(new Weights(outline));
    return Collections.unmodifiableMap(outline.shapes);
  }

  @Override
  public Parameter parameter(String name, long[] shape, Group group) {
    shapes.put(name, shape);
    return () -> {
      throw new IllegalStateException(name + " is only an outline");
    };
  }

  @Override
  public Optional<EightBitMatrix> eightBits(String name, long rows, long columns, Group group) {
    return Optional.empty();
  }

  @Override
  public boolean has(String name) {
    return true;
  }

  @Override
  public Optional<long[]> shape(String name) {
    return Optional.empty();
  }

  @Override
  public void requireComplete() {
    // nothing can be missing
  }
}
