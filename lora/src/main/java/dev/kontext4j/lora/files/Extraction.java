package dev.kontext4j.lora.files;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.weights.Parameter;
import dev.kontext4j.lora.names.NetworkNames;
import dev.kontext4j.lora.names.Part;
import dev.kontext4j.lora.names.Portion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The difference of two models of one kind as an adapter.
///
/// @param rank of every product
public record Extraction(NetworkNames names, KeyStyle style, long rank) {

  /// The weights of a network in both models, in f32.
  public record Compared(Part part, Map<String, Parameter> base, Map<String, Parameter> tuned) {}

  /// How many layers differ and were written, and how many differ and have no place in this form.
  public record Found(int written, int leftOut) {}

  /// Writes the file, whole or not at all.
  public Found write(List<Compared> networks, Path file, DType dtype, Map<String, String> metadata)
      throws IOException {
    var writer = new AdapterWriter(file, style, dtype, metadata);
    int leftOut = 0;
    for (Compared network : networks) {
      for (var before : network.base.entrySet()) {
        var after = network.tuned.get(before.getKey());
        if (after != null) {
          try (var _ = Scope.open()) {
            var difference = after.value().sub(before.getValue().value());
            leftOut += write(network.part, before.getKey(), difference, writer);
          }
          after.release();
          before.getValue().release();
        }
      }
    }
    writer.write();
    return new Found(writer.layers(), leftOut);
  }

  /// Returns how many layers there was no place for.
  private int write(Part part, String tensor, Tensor difference, AdapterWriter writer) {
    if (isZero(difference)) {
      return 0;
    }
    int leftOut = 0;
    for (Portion portion : names.portions(part, tensor, style.renames(part))) {
      var rows = portion.rows().of(difference);
      if (difference.rank() > 1) {
        writer.product(part, portion.layer(), Halves.nearest(rows, rank));
      } else if (style.takesDifferences()) {
        writer.difference(part, portion.layer(), tensor.endsWith(".bias"), rows);
      } else {
        leftOut++;
      }
    }
    return leftOut;
  }

  private static boolean isZero(Tensor tensor) {
    return tensor.mul(tensor).reshape(1, -1).mean(1).toFloats()[0] == 0;
  }
}
