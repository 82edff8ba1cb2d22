package dev.kontext4j.lora.files;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.safetensors.SafetensorsWriter;
import dev.kontext4j.engine.weights.Layout;
import dev.kontext4j.engine.weights.Overlay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A network's file with an overlay merged into its weights: the same names, types and shapes. Only
/// the weight that is being written is in memory.
public final class Baking {
  private static final Set<DType> WHOLE = EnumSet.of(DType.F32, DType.BF16, DType.F16);

  private final Checkpoint checkpoint;
  private final Layout layout;
  private final Overlay overlay;
  private final Map<String, Stored> touched = new HashMap<>();

  /// What of a network's tensor a stored tensor holds.
  private record Stored(String tensor, Layout.StoredAs as, int piece) {}

  /// @param tensors the network's names
  public Baking(Checkpoint checkpoint, List<Layout> layouts, Set<String> tensors, Overlay overlay) {
    this.checkpoint = checkpoint;
    this.layout = Layout.best(layouts, checkpoint.names());
    this.overlay = overlay;
    tensors.stream().filter(overlay::touches).forEach(this::touch);
  }

  private void touch(String tensor) {
    var as = layout.storedAs(tensor);
    for (int piece = 0; piece < as.names().size(); piece++) {
      requireWhole(as.names().get(piece));
      touched.put(as.names().get(piece), new Stored(tensor, as, piece));
    }
  }

  /// What is packed would have to be packed again, and would no longer be what it was.
  private void requireWhole(String name) {
    var dtype = checkpoint.entry(name).dtype();
    if (dtype.isEmpty() || !WHOLE.contains(dtype.get())) {
      throw new CheckpointException(
          "%s: %s is packed as %s; kontext convert --to bf16 makes weights that LoRAs can be baked into"
              .formatted(checkpoint.path(), name, checkpoint.entry(name).dtypeName()));
    }
  }

  /// Writes the file, whole or not at all.
  public void write(Path file) throws IOException {
    var writer = SafetensorsWriter.to(file);
    checkpoint.files().forEach(part -> part.metadata().forEach(writer::metadata));
    for (String name : checkpoint.names()) {
      var entry = checkpoint.entry(name);
      var stored = touched.get(name);
      var dtype = entry.dtype().orElseThrow();
      writer.tensor(
          name,
          dtype,
          entry.shape(),
          sink -> {
            if (stored == null) {
              sink.write(checkpoint.bytes(name));
            } else {
              sink.write(baked(stored, dtype));
            }
            checkpoint.release(name);
          });
    }
    writer.write();
  }

  private byte[] baked(Stored stored, DType dtype) {
    try (var _ = Scope.open()) {
      var pieces =
          stored.as.names().stream()
              .map(name -> checkpoint.tensor(name).to(Device.CPU).to(DType.F32))
              .toList();
      var whole = pieces.size() == 1 ? pieces.getFirst() : Tensor.cat(pieces, 0);
      var merged =
          swapped(
              stored,
              overlay.apply(stored.tensor, Overlay.Original.of(swapped(stored, whole)), DType.F32));
      long first = pieces.stream().limit(stored.piece).mapToLong(piece -> piece.size(0)).sum();
      return merged.narrow(0, first, pieces.get(stored.piece).size(0)).to(dtype).toBytes();
    }
  }

  private static Tensor swapped(Stored stored, Tensor tensor) {
    return stored.as.swapHalves() ? Tensor.cat(tensor.chunk(2, 0).reversed(), 0) : tensor;
  }
}
