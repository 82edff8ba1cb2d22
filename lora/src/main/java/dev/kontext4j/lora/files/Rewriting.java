package dev.kontext4j.lora.files;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.lora.change.Change;
import dev.kontext4j.lora.change.LowRank;
import dev.kontext4j.lora.change.Misfit;
import dev.kontext4j.lora.names.NetworkNames;
import dev.kontext4j.lora.names.Portion;
import dev.kontext4j.lora.names.Rows;
import dev.kontext4j.lora.names.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Changes written as a file of one adapter, in any form: what one file says of a fused layer
/// another says of its parts, and several adapters become one.
public final class Rewriting {
  private final NetworkNames names;
  private final KeyStyle style;
  private final OptionalLong rank;
  private final Map<String, List<Weighted>> byTensor = new LinkedHashMap<>();

  /// @param rank the most that a layer may have; without one products stay as they are, and what is
  ///   no product is refused
  public Rewriting(NetworkNames names, KeyStyle style, OptionalLong rank) {
    this.names = names;
    this.style = style;
    this.rank = rank;
  }

  private record Weighted(Target target, Change change, double strength) {}

  /// Adds a change.
  public void add(Target target, Change change, double strength) {
    byTensor
        .computeIfAbsent(target.part() + " " + target.tensor(), _ -> new ArrayList<>())
        .add(new Weighted(target, change, strength));
  }

  /// Writes the file, whole or not at all, and returns how many layers it has.
  ///
  /// @throws Misfit if something cannot be said in this form
  public int write(Path file, DType dtype, Map<String, String> metadata) throws IOException {
    var writer = new AdapterWriter(file, style, dtype, metadata);
    for (List<Weighted> changes : byTensor.values()) {
      try (var _ = Scope.open()) {
        write(changes, writer);
      }
    }
    writer.write();
    return writer.layers();
  }

  private void write(List<Weighted> changes, AdapterWriter writer) {
    var target = changes.getFirst().target;
    boolean renamed = style.renames(target.part());
    for (Portion portion : names.portions(target.part(), target.tensor(), renamed)) {
      var here = changes.stream().filter(c -> c.target.rows().overlaps(portion.rows())).toList();
      if (!here.isEmpty() && target.columns() == 0) {
        writeDifference(here, portion, writer);
      } else if (!here.isEmpty()) {
        writeProduct(here, portion, writer);
      }
    }
  }

  private void writeProduct(List<Weighted> changes, Portion portion, AdapterWriter writer) {
    var products = changes.stream().map(c -> placed(c, portion.rows())).toList();
    var sum = Halves.sum(products);
    var halves = rank.isPresent() ? sum.truncated(rank.getAsLong()) : sum;
    if (!halves.doesNothing()) {
      writer.product(changes.getFirst().target.part(), portion.layer(), halves);
    }
  }

  /// A change as a product for the rows of a portion, in the portion's order.
  private Halves placed(Weighted weighted, Rows portion) {
    var halves = halves(weighted);
    var rows = weighted.target.rows();
    long first = Math.max(rows.first(), portion.first());
    long end = Math.min(rows.end(), portion.end());
    var up = rows.arranged(halves.up()).narrow(0, first - rows.first(), end - first);
    var within = new Halves(up, halves.down()).trimmed();
    var padded = padded(within.up(), first - portion.first(), portion.end() - end);
    return new Halves(portion.arranged(padded), within.down());
  }

  private static Tensor padded(Tensor up, long above, long below) {
    var rows = new ArrayList<Tensor>();
    if (above > 0) {
      rows.add(zeros(above, up.size(1)));
    }
    rows.add(up);
    if (below > 0) {
      rows.add(zeros(below, up.size(1)));
    }
    return rows.size() == 1 ? up : Tensor.cat(rows, 0);
  }

  private static Tensor zeros(long rows, long columns) {
    return Tensor.of(new float[Math.toIntExact(rows * columns)], rows, columns);
  }

  private Halves halves(Weighted weighted) {
    if (weighted.change instanceof LowRank product) {
      return new Halves(product.left(Device.CPU), product.right(Device.CPU, weighted.strength));
    }
    if (rank.isEmpty()) {
      throw new Misfit(
          "%s is changed by a %s, which is no product of two halves; --rank N makes the nearest one"
              .formatted(weighted.target, weighted.change.kind()));
    }
    return Halves.nearest(delta(weighted), rank.getAsLong());
  }

  private static Tensor delta(Weighted weighted) {
    if (!weighted.change.standsAlone()) {
      throw new Misfit(
          "%s is changed by a %s, which depends on the model's own weights; bake it into the model"
              .formatted(weighted.target, weighted.change.kind()));
    }
    var target = weighted.target;
    var nothing =
        target.columns() == 0
            ? zeros(1, target.rows().count()).reshape(target.rows().count())
            : zeros(target.rows().count(), target.columns());
    return weighted.change.delta(nothing, weighted.strength);
  }

  private void writeDifference(List<Weighted> changes, Portion portion, AdapterWriter writer) {
    var target = changes.getFirst().target;
    if (!style.takesDifferences()
        || changes.stream().anyMatch(c -> !c.target.rows().equals(portion.rows()))) {
      throw new Misfit(
          "%s is a bias or a norm, for which this form has no place; take kohya or bfl"
              .formatted(target));
    }
    var sum = changes.stream().map(Rewriting::delta).reduce(Tensor::add).orElseThrow();
    writer.difference(target.part(), portion.layer(), target.tensor().endsWith(".bias"), sum);
  }
}
