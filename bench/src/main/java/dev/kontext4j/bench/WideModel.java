package dev.kontext4j.bench;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.file.TensorSource;
import dev.kontext4j.engine.safetensors.SafetensorsWriter;
import dev.kontext4j.engine.weights.Outline;
import dev.kontext4j.transformer.flux.FluxConfig;
import dev.kontext4j.transformer.flux.FluxTransformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/// A transformer of the published width with few blocks, in bf16: 2.6 GB with 2 double and 4 single
/// ones. Its weights are the same 2 MB of random numbers over and over, which no time depends on.
final class WideModel {
  private static final int NUMBERS = 1 << 20;

  private WideModel() {}

  /// The file in that folder, written unless it is there.
  static Path in(Path folder, int doubleBlocks, int singleBlocks) throws IOException {
    var config =
        new FluxConfig(
            64, 64, doubleBlocks, singleBlocks, 24, 128, 4096, 768, List.of(16, 56, 56), true);
    Path file = folder.resolve("wide-%d-%d.safetensors".formatted(doubleBlocks, singleBlocks));
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      var writer = SafetensorsWriter.to(file);
      byte[] bytes = bytes();
      Outline.of(weights -> new FluxTransformer(weights, config, DType.BF16, Device.CPU))
          .forEach((name, shape) ->
              writer.tensor(
                  name,
                  DType.BF16,
                  LongStream.of(shape).boxed().toList(),
                  sink -> write(sink, bytes, 2 * LongStream.of(shape).reduce(1, (a, b) -> a * b))));
      writer.write();
    }
    return file;
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
