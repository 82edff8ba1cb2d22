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
import java.util.Map;

/// The difference of two models of one kind as an adapter.
///
/// @param rank of every product
public record Extraction(NetworkNames names, KeyStyle style, long rank) {

  /// Writes the file, whole or not at all, and returns how many layers differ.
  ///
  /// @param base the weights of a network, in f32
  /// @param tuned those of the other
  public int write(
      Part part,
      Map<String, Parameter> base,
      Map<String, Parameter> tuned,
      Path file,
      DType dtype,
      Map<String, String> metadata)
      throws IOException {
    var writer = new AdapterWriter(file, style, dtype, metadata);
    base.forEach((tensor, before) -> {
      var after = tuned.get(tensor);
      if (after != null) {
        try (var _ = Scope.open()) {
          write(part, tensor, after.value().sub(before.value()), writer);
        }
        after.release();
        before.release();
      }
    });
    writer.write();
    return writer.layers();
  }

  private void write(Part part, String tensor, Tensor difference, AdapterWriter writer) {
    if (isZero(difference)) {
      return;
    }
    for (Portion portion : names.portions(part, tensor, style.renames(part))) {
      var rows = portion.rows().of(difference);
      if (difference.rank() > 1) {
        writer.product(part, portion.layer(), Halves.nearest(rows, rank));
      } else if (style.takesDifferences()) {
        writer.difference(part, portion.layer(), tensor.endsWith(".bias"), rows);
      }
    }
  }

  private static boolean isZero(Tensor tensor) {
    return tensor.mul(tensor).reshape(1, -1).mean(1).toFloats()[0] == 0;
  }
}
