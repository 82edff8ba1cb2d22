package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.residency.Group;
import dev.kontext4j.engine.residency.GroupSize;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/// What a network asks for, found out without any file: it is built on weights that only listen.
public final class Outline implements ParameterSource {
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final Map<String, Group> groups = new HashMap<>();

  private Outline() {}

  /// The shapes of a network's parameters by their names, in the order in which it asks.
  ///
  /// @param network builds it; its parameters have no values
  public static Map<String, long[]> of(Consumer<Weights> network) {
    var outline = new Outline();
    network.accept(new Weights(outline));
    return Collections.unmodifiableMap(outline.shapes);
  }

  /// What a network's groups of parameters would take, if its file had one tensor for each.
  public static List<GroupSize> sizes(Consumer<Weights> network, Storage storage, DType dtype) {
    var outline = new Outline();
    network.accept(new Weights(outline));
    var sizes = new LinkedHashMap<Group, GroupSize>();
    outline.shapes.forEach((name, shape) -> {
      var group = Objects.requireNonNull(outline.groups.get(name));
      sizes.merge(group, storage.size(group, shape, dtype), GroupSize::plus);
    });
    return List.copyOf(sizes.values());
  }

  @Override
  public Parameter parameter(String name, long[] shape, Group group) {
    shapes.put(name, shape);
    groups.put(name, group);
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
