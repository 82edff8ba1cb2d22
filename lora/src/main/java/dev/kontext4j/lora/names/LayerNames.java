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
    var stored = layout.storedAs(tensor);
    var rows = rows(tensor, stored);
    for (int i = 0; i < rows.size(); i++) {
      String name = stored.names().get(i);
      String layer = name.substring(0, Math.max(0, name.lastIndexOf('.')));
      places.merge(layer, place(tensor, rows.get(i)), LayerNames::both);
    }
    if (rows.size() > 1) {
      var pieces = rows.stream().map(some -> place(tensor, some)).toList();
      var whole = place(tensor, new Rows(0, shape(tensor)[0], false));
      String layer = tensor.substring(0, tensor.lastIndexOf('.'));
      places.merge(layer, new Place(whole.weight(), whole.bias(), pieces), LayerNames::both);
    }
  }

  /// The rows that each of several stored tensors gives. All but the last are square, as queries,
  /// keys and values are.
  private List<Rows> rows(String tensor, Layout.StoredAs stored) {
    long all = shape(tensor)[0];
    long square = width(tensor);
    var rows = new ArrayList<Rows>();
    long first = 0;
    for (int i = 0; i < stored.names().size(); i++) {
      boolean last = i == stored.names().size() - 1;
      long count = last ? all - first : square;
      rows.add(new Rows(first, count, stored.swapHalves()));
      first += count;
    }
    return rows;
  }

  /// What goes into the layer that a tensor belongs to.
  private long width(String tensor) {
    String weight = tensor.substring(0, tensor.lastIndexOf('.')) + ".weight";
    long[] shape = parameters.getOrDefault(weight, shape(tensor));
    return shape[shape.length - 1];
  }

  private Place place(String tensor, Rows rows) {
    long[] shape = shape(tensor);
    var target = Optional.of(new Target(part, tensor, rows, shape.length > 1 ? shape[1] : 0));
    return tensor.endsWith(".bias")
        ? new Place(Optional.empty(), target, List.of())
        : new Place(target, Optional.empty(), List.of());
  }

  private long[] shape(String tensor) {
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
      pieces.add(
          inBoth ? both(a.pieces().get(i), b.pieces().get(i)) : longer.pieces().get(i));
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
