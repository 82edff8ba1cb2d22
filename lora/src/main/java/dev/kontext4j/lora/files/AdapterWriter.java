package dev.kontext4j.lora.files;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.safetensors.SafetensorsWriter;
import dev.kontext4j.lora.names.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// An adapter file that is being made. It appears whole or not at all.
final class AdapterWriter {
  private final SafetensorsWriter writer;
  private final KeyStyle style;
  private final DType dtype;
  private int layers;

  AdapterWriter(Path file, KeyStyle style, DType dtype, Map<String, String> metadata) {
    this.writer = SafetensorsWriter.to(file);
    this.style = style;
    this.dtype = dtype;
    metadata.forEach(writer::metadata);
  }

  /// Adds a product, whose alpha is its rank.
  void product(Part part, String layer, Halves halves) {
    String name = style.prefixed(part, layer);
    tensor(name + style.down(), halves.down());
    tensor(name + style.up(), halves.up());
    if (style == KeyStyle.KOHYA) {
      float[] alpha = {halves.rank()};
      writer.tensor(name + ".alpha", DType.F32, List.of(), sink -> sink.write(alpha));
    }
    layers++;
  }

  /// Adds what is simply added, to a weight or a norm, or to a bias.
  void difference(Part part, String layer, boolean bias, Tensor difference) {
    tensor(style.prefixed(part, layer) + (bias ? ".diff_b" : ".diff"), difference);
    layers++;
  }

  private void tensor(String key, Tensor tensor) {
    byte[] bytes = tensor.to(Device.CPU).to(dtype).toBytes(); // small, and its scope closes soon
    var shape = LongStream.of(tensor.shape()).boxed().toList();
    writer.tensor(key, dtype, shape, sink -> sink.write(bytes));
  }

  int layers() {
    return layers;
  }

  void write() throws IOException {
    writer.write();
  }
}
