package dev.kontext4j.lora;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.lora.change.Change;
import dev.kontext4j.lora.change.Factor;
import dev.kontext4j.lora.change.LayerChanges;
import dev.kontext4j.lora.change.Misfit;
import dev.kontext4j.lora.names.AdapterKey;
import dev.kontext4j.lora.names.NetworkNames;
import dev.kontext4j.lora.names.Place;
import dev.kontext4j.lora.names.Role;
import dev.kontext4j.lora.names.Target;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sorts the tensors of an adapter file by the layers that they are about. Only headers are read
/// here, and the numbers called alpha.
final class Contents {
  private final Checkpoint file;
  private final NetworkNames names;
  private final PeftSettings settings;
  private final Map<Place, Layer> layers = new LinkedHashMap<>();
  private final List<String> unmatched = new ArrayList<>();
  private final List<String> misfits = new ArrayList<>();
  private final List<Planned> planned = new ArrayList<>();

  /// What a file has for one layer.
  ///
  /// @param whole the layer that this is a counted piece of, else the layer itself
  private record Layer(String name, Place whole, Place place, Map<Role, Factor> tensors) {}

  Contents(Checkpoint file, NetworkNames names) {
    this.file = file;
    this.names = names;
    this.settings = PeftSettings.of(file.path(), file.files().getFirst().metadata());
    file.names().forEach(this::sort);
    layers.values().forEach(this::plan);
    refuseOverlaps();
  }

  List<Planned> planned() {
    return planned;
  }

  /// Keys that no layer is known for.
  List<String> unmatched() {
    return unmatched;
  }

  /// What does not fit.
  List<String> misfits() {
    return misfits;
  }

  private void sort(String key) {
    var parsed = AdapterKey.parse(key);
    var place = parsed.flatMap(this::place);
    if (parsed.isEmpty() || place.isEmpty()) {
      unmatched.add(key);
      return;
    }
    var layer = layers.computeIfAbsent(place.get(), where -> layer(parsed.get(), where));
    var before = layer.tensors.putIfAbsent(parsed.get().role(), new Factor(file, file.entry(key)));
    if (before != null) {
      misfits.add(key + " and " + before.key() + " are about the same");
    }
  }

  private Layer layer(AdapterKey key, Place place) {
    var whole = names.find(key.layer()).orElseThrow();
    return new Layer(key.layer(), whole, place, new EnumMap<>(Role.class));
  }

  private Optional<Place> place(AdapterKey key) {
    var place = names.find(key.layer());
    if (key.piece().isEmpty()) {
      return place;
    }
    int piece = key.piece().getAsInt();
    return place.map(Place::pieces).filter(all -> piece < all.size()).map(all -> all.get(piece));
  }

  private void plan(Layer layer) {
    boolean onlyAlpha = layer.tensors.keySet().equals(Set.of(Role.ALPHA));
    if (onlyAlpha && layer.place.pieces().stream().anyMatch(layers::containsKey)) {
      return; // it is for all pieces
    }
    try {
      var changes = new LayerChanges(layer.tensors, rank -> scale(layer, rank));
      changes.weight().ifPresent(change -> add(layer, layer.place.weight(), change));
      changes.bias().ifPresent(change -> add(layer, layer.place.bias(), change));
    } catch (Misfit | ArithmeticException e) {
      misfits.add(layer.name + ": " + e.getMessage());
    }
  }

  private void add(Layer layer, Optional<Target> target, Change change) {
    if (target.isEmpty()) {
      throw new Misfit("the network has no such weight or bias");
    }
    long rows = target.get().rows().count();
    long columns = target.get().columns();
    if (change.rows() != rows || change.columns() != columns) {
      throw new Misfit(
          "it is made for %s, the model's %s is %s"
              .formatted(size(change.rows(), change.columns()), target.get(), size(rows, columns)));
    }
    planned.add(new Planned(layer.name, target.get(), change));
  }

  private static String size(long rows, long columns) {
    return columns == 0 ? Long.toString(rows) : rows + "x" + columns;
  }

  private double scale(Layer layer, long rank) {
    var alpha = alpha(layer);
    double scale = alpha == null ? settings.scale(layer.name, rank) : number(alpha) / (double) rank;
    if (!Double.isFinite(scale)) {
      throw new Misfit("its alpha is " + scale * (double) rank);
    }
    return scale;
  }

  private @Nullable Factor alpha(Layer layer) {
    var whole = layers.get(layer.whole);
    var own = layer.tensors.get(Role.ALPHA);
    return own != null || whole == null ? own : whole.tensors.get(Role.ALPHA);
  }

  private static double number(Factor factor) {
    if (factor.elements() != 1) {
      throw new Misfit(factor.key() + " is not one number");
    }
    try (var _ = Scope.open()) {
      return factor.vector(Device.CPU).toFloats()[0];
    }
  }

  /// A weight may be changed as a whole or in parts, but not in both ways by one file.
  private void refuseOverlaps() {
    Map<String, List<Planned>> byTensor = new LinkedHashMap<>();
    for (Planned one : planned) {
      var others = byTensor.computeIfAbsent(one.target().tensor(), _ -> new ArrayList<>());
      for (Planned other : others) {
        if (other.target().rows().overlaps(one.target().rows())) {
          misfits.add(one.layer() + " and " + other.layer() + " change the same weights");
        }
      }
      others.add(one);
    }
  }

  /// Fails if the file is a whole model, whose every tensor would replace one.
  void refuseWholeModel() {
    var keys = layers.values().stream().flatMap(layer -> layer.tensors.values().stream()).toList();
    if (!keys.isEmpty() && keys.stream().map(Factor::key).allMatch(AdapterKey::isPlainTensor)) {
      throw new CheckpointException(
          file.path() + " holds whole weights and no adapter; name it with --model instead");
    }
  }
}
