package dev.kontext4j.lora.names;

import dev.kontext4j.engine.weights.Layout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The layers of a network by the names of one layout, which may have several for one of ours.
final class LayerNames {
  private final Part part;
  private final Map<String, long[]> parameters;
  private final Layout layout;
  private final Map<String, Place> places = new LinkedHashMap<>();

  LayerNames(Part part, Map<String, long[]> parameters, Layout layout) {
    this.part = part;
    this.parameters = parameters;
    this.layout = layout;
    parameters.keySet().forEach(this::add);
  }

  Map<String, Place> places() {
    return places;
  }

  private void add(String tensor) {
    var portions = portions(parameters, layout, tensor);
    for (Portion portion : portions) {
      places.merge(portion.layer(), place(tensor, portion.rows()), LayerNames::both);
    }
    if (portions.size() > 1) {
      var pieces = portions.stream().map(portion -> place(tensor, portion.rows())).toList();
      var whole = place(tensor, new Rows(0, shape(parameters, tensor)[0], false));
      places.merge(
          layer(tensor), new Place(whole.weight(), whole.bias(), pieces), LayerNames::both);
    }
  }

  /// The layers of a layout that make up a tensor. All but the last are square, as queries, keys
  /// and values are.
  static List<Portion> portions(Map<String, long[]> parameters, Layout layout, String tensor) {
    var stored = layout.storedAs(tensor);
    long all = shape(parameters, tensor)[0];
    long square = width(parameters, tensor);
    var portions = new ArrayList<Portion>();
    long first = 0;
    for (String name : stored.names()) {
      boolean last = portions.size() == stored.names().size() - 1;
      long count = last ? all - first : square;
      portions.add(new Portion(layer(name), new Rows(first, count, stored.swapHalves())));
      first += count;
    }
    return portions;
  }

  private static String layer(String tensor) {
    return tensor.substring(0, Math.max(0, tensor.lastIndexOf('.')));
  }

  /// What goes into the layer that a tensor belongs to.
  private static long width(Map<String, long[]> parameters, String tensor) {
    long[] shape = parameters.getOrDefault(layer(tensor) + ".weight", shape(parameters, tensor));
    return shape[shape.length - 1];
  }

  private Place place(String tensor, Rows rows) {
    long[] shape = shape(parameters, tensor);
    var target = Optional.of(new Target(part, tensor, rows, shape.length > 1 ? shape[1] : 0));
    return tensor.endsWith(".bias")
        ? new Place(Optional.empty(), target, List.of())
        : new Place(target, Optional.empty(), List.of());
  }

  private static long[] shape(Map<String, long[]> parameters, String tensor) {
    long[] shape = parameters.get(tensor);
    if (shape == null) {
      throw new IllegalArgumentException(tensor);
    }
    return shape;
  }

  /// A weight and a bias of one layer put together, with all their pieces.
  private static Place both(Place a, Place b) {
    var pieces = new ArrayList<Place>();
    for (int i = 0; i < Math.max(a.pieces().size(), b.pieces().size()); i++) {
      boolean inBoth = i < a.pieces().size() && i < b.pieces().size();
      var longer = a.pieces().size() > i ? a : b;
      pieces.add(inBoth ? both(a.pieces().get(i), b.pieces().get(i)) : longer.pieces().get(i));
    }
    return new Place(a.weight().or(b::weight), a.bias().or(b::bias), pieces);
  }

  /// All pieces of a layer but the last, as one.
  static Optional<Place> attentionShare(Place layer) {
    if (layer.pieces().size() < 2) {
      return Optional.empty();
    }
    var last = layer.pieces().getLast();
    return Optional.of(
        new Place(
            layer.weight().map(whole -> upTo(last.weight().orElse(whole), whole)),
            layer.bias().map(whole -> upTo(last.bias().orElse(whole), whole)),
            layer.pieces().subList(0, layer.pieces().size() - 1)));
  }

  private static Target upTo(Target end, Target whole) {
    return new Target(
        whole.part(), whole.tensor(), new Rows(0, end.rows().first(), false), whole.columns());
  }
}
