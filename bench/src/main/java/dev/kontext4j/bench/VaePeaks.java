package dev.kontext4j.bench;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.weights.Outline;
import dev.kontext4j.engine.weights.PartFiles;
import dev.kontext4j.vae.AutoEncoder;
import dev.kontext4j.vae.Tiling;
import dev.kontext4j.vae.VaeConfig;
import dev.kontext4j.vae.VaeMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// What the autoencoder, in its published sizes and with random weights, takes at its peak, beside
/// what [VaeMemory] says: `tools/bench/vae FOLDER f32|bf16 SIDE[:TILE] ...`, in pixels.
public final class VaePeaks {
  private static final VaeConfig CONFIG =
      new VaeConfig(
          3, 3, 16, List.of(128, 256, 512, 512), 2, 32, 0.3611, 0.1159, false, false, true);

  private final AutoEncoder vae;
  private final DType dtype;

  private VaePeaks(AutoEncoder vae, DType dtype) {
    this.vae = vae;
    this.dtype = dtype;
  }

  public static void main(String[] arguments) throws IOException {
    var dtype = arguments[1].equals("f32") ? DType.F32 : DType.BF16;
    var files = PartFiles.of(weights(Path.of(arguments[0])), "", List.of());
    try (var part = AutoEncoder.open(files, Computing.exactly(dtype, Device.CPU));
        var _ = Scope.open()) {
      var peaks = new VaePeaks(part.network(), dtype);
      peaks.vae.encode(peaks.vae.decode(peaks.numbers(8, 8, 16))); // weights are here now
      for (String work : List.of(arguments).subList(2, arguments.length)) {
        String[] sides = work.split(":", -1);
        var tiling = sides.length == 1 ? Tiling.NONE : Tiling.of(Integer.parseInt(sides[1]) / 8);
        peaks.measure(work, Integer.parseInt(sides[0]) / 8, tiling);
      }
    }
  }

  /// The file in that folder, written unless it is there.
  private static Path weights(Path folder) throws IOException {
    Path file = folder.resolve("vae.safetensors");
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      RandomWeights.write(file, Outline.of(weights -> new AutoEncoder(weights, CONFIG)));
    }
    return file;
  }

  /// @param side of the latent
  private void measure(String work, int side, Tiling tiling) throws IOException {
    try (var _ = Scope.open()) {
      var latent = numbers(side, side, 16);
      print(
          "decode " + work,
          VaeMemory.decode(CONFIG, side, side, tiling, dtype),
          () -> Scope.tidy(() -> vae.decode(latent, tiling)));
      var pixels = numbers(8 * side, 8 * side, 3);
      print(
          "encode " + work,
          VaeMemory.encode(CONFIG, side, side, tiling, dtype),
          () -> Scope.tidy(() -> vae.encode(pixels, tiling)));
    }
  }

  private void print(String what, long computed, Runnable work) throws IOException {
    long start = System.nanoTime();
    long measured = MemoryPeak.of(work);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%s %s: %.1f s, peak %d MB, computed %d MB (%.3f)%n",
        dtype,
        what,
        seconds,
        measured / 1_000_000,
        computed / 1_000_000,
        (double) computed / measured);
  }

  /// (1, channels, height, width)
  private Tensor numbers(int height, int width, int channels) {
    var random = new Random(1);
    var values = new float[height * width * channels];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Scope.tidy(
        () -> Tensor.of(values, 1, height, width, channels).permute(0, 3, 1, 2).to(dtype));
  }
}
