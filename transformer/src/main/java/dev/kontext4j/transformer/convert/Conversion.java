package dev.kontext4j.transformer.convert;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.weights.Layout;
import dev.kontext4j.engine.weights.PartFiles;
import dev.kontext4j.engine.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/// A network's weights on their way into a new file.
///
/// @param origin where they come from, to be noted in the new file
public record Conversion(Network network, PartFiles files, Target target, String origin) {
  private static final String ORIGIN = "kontext4j.origin";

  /// Writes the new file: whole, or not at all.
  public void write(Path out) throws IOException {
    var shapes = new TreeMap<>(network.parameters(files));
    try (var checkpoint = files.open();
        var _ = Scope.open();
        var store = Scope.store()) {
      var now = Layout.best(network.layouts(), checkpoint.names());
      var weights = Weights.of(checkpoint, now, DType.F32, Device.CPU, store);
      var tensors = new ArrayList<Outgoing>();
      for (var shape : shapes.entrySet()) {
        tensors.addAll(outgoing(shape.getKey(), shape.getValue(), checkpoint, now, weights));
      }
      var metadata = metadata(checkpoint);
      if (target == Target.Q8_0) {
        new Q8File(network.architecture(), metadata, tensors).write(out);
      } else {
        new SafetensorsTarget(target, metadata, tensors).write(out);
      }
    }
  }

  private List<Outgoing> outgoing(
      String name, long[] shape, Checkpoint checkpoint, Layout now, Weights weights) {
    var parameter = weights.parameter(name, shape);
    var entry = checkpoint.entry(now.storedAs(name).names().getFirst());
    boolean isPlain = entry.dtype().filter(Conversion::isPlain).isPresent();
    var stored = isPlain ? entry.dtype().orElseThrow() : DType.BF16;
    var target = network.names(this.target, now).storedAs(name);
    boolean isMatrix = shape.length == 2 && network.isMatrix(name);
    var all = new ArrayList<Outgoing>();
    long start = 0;
    for (int i = 0; i < target.names().size(); i++) {
      long count = rows(shape[0], target.names().size(), i);
      long[] part = shape.clone();
      part[0] = count;
      all.add(
          new Outgoing(
              target.names().get(i),
              LongStream.of(part).boxed().toList(),
              stored,
              parameter,
              target.swapHalves() ? swapped(count) : List.of(new Outgoing.Rows(start, count)),
              isMatrix));
      start += count;
    }
    return all;
  }

  private static boolean isPlain(DType type) {
    return type == DType.F32 || type == DType.F16 || type == DType.BF16;
  }

  /// Rows that are put together are query, key and value, all as many; what follows them is the
  /// hidden layer of an MLP, four times as wide.
  private static long rows(long total, int parts, int part) {
    if (parts <= 3) {
      return total / parts;
    }
    long width = total / 7;
    return part < 3 ? width : total - 3 * width;
  }

  private static List<Outgoing.Rows> swapped(long rows) {
    long half = rows / 2;
    return List.of(new Outgoing.Rows(half, rows - half), new Outgoing.Rows(0, half));
  }

  /// What the old file says of itself, its config, and where all comes from.
  private Map<String, String> metadata(Checkpoint checkpoint) throws IOException {
    var metadata = new LinkedHashMap<String, String>();
    checkpoint.files().forEach(file -> metadata.putAll(file.metadata()));
    metadata.keySet().removeIf(key -> key.startsWith("general.") || key.startsWith("_quant"));
    if (files.config().isPresent()) {
      metadata.put(PartFiles.CARRIED, Files.readString(files.config().get()));
    }
    metadata.put(ORIGIN, origin);
    return metadata;
  }
}
