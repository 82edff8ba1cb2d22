package dev.kontext4j.transformer.convert;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.gguf.GgufWriter;
import dev.kontext4j.engine.quant.BlockType;
import dev.kontext4j.engine.quant.Q8Encoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A GGUF file of converted weights: matrices in 8-bit blocks, biases and norms in f32.
record Q8File(String architecture, Map<String, String> metadata, List<Outgoing> tensors) {
  private static final int QUANTIZATION_VERSION = 2;
  private static final int MOSTLY_Q8_0 = 7; // llama.cpp's number of such files

  void write(Path out) throws IOException {
    var writer = GgufWriter.to(out).value("general.architecture", architecture);
    writer.value("general.quantization_version", QUANTIZATION_VERSION);
    writer.value("general.file_type", MOSTLY_Q8_0);
    metadata.forEach(writer::value);
    for (Outgoing tensor : tensors) {
      boolean fits = tensor.shape().size() == 2 && Q8Encoder.takes(tensor.shape().getLast());
      if (fits) {
        writer.tensor(
            tensor.name(),
            BlockType.Q8_0.name(),
            tensor.shape(),
            sink -> {
              tensor.forEachPart(rows -> sink.write(Q8Encoder.encode(rows).toBytes()));
              tensor.parameter().release();
            });
      } else {
        writer.tensor(tensor.name(), DType.F32.name(), tensor.shape(), tensor.as(DType.F32));
      }
    }
    writer.write();
  }
}
