package dev.kontext4j.bench;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.weights.Outline;
import dev.kontext4j.transformer.flux.FluxConfig;
import dev.kontext4j.transformer.flux.FluxTransformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A transformer of the published width with few blocks, in bf16: 2.6 GB with 2 double and 4 single
/// ones.
final class WideModel {
  private WideModel() {}

  /// The file in that folder, written unless it is there.
  static Path in(Path folder, int doubleBlocks, int singleBlocks) throws IOException {
    var config =
        new FluxConfig(
            64, 64, doubleBlocks, singleBlocks, 24, 128, 4096, 768, List.of(16, 56, 56), true);
    Path file = folder.resolve("wide-%d-%d.safetensors".formatted(doubleBlocks, singleBlocks));
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      RandomWeights.write(
          file,
          Outline.of(weights -> new FluxTransformer(weights, config, DType.BF16, Device.CPU)));
    }
    return file;
  }
}
