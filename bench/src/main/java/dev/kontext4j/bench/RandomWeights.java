package dev.kontext4j.bench;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.file.TensorSource;
import dev.kontext4j.engine.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

/// Weights in bf16 that are the same 2 MB of random numbers over and over, which no time and no
/// memory depends on.
final class RandomWeights {
  private static final int NUMBERS = 1 << 20;

  private RandomWeights() {}

  static void write(Path file, Map<String, long[]> shapes) throws IOException {
    var writer = SafetensorsWriter.to(file);
    byte[] bytes = bytes();
    shapes.forEach((name, shape) ->
        writer.tensor(
            name,
            DType.BF16,
            LongStream.of(shape).boxed().toList(),
            sink -> write(sink, bytes, 2 * LongStream.of(shape).reduce(1, (a, b) -> a * b))));
    writer.write();
  }

  private static void write(TensorSource.Sink sink, byte[] bytes, long count) throws IOException {
    long left = count;
    while (left >= bytes.length) {
      sink.write(bytes);
      left -= bytes.length;
    }
    sink.write(Arrays.copyOf(bytes, (int) left));
  }

  private static byte[] bytes() {
    var random = new Random(1);
    var values = new float[NUMBERS];
    for (int i = 0; i < NUMBERS; i++) {
      values[i] = (float) (0.02 * random.nextGaussian());
    }
    try (var _ = Scope.open()) {
      return Tensor.of(values, NUMBERS).to(DType.BF16).toBytes();
    }
  }
}
