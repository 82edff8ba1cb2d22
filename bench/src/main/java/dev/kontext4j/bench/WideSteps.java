package dev.kontext4j.bench;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.MemoryInUse;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.quant.Precision;
import dev.kontext4j.engine.residency.Residency;
import dev.kontext4j.engine.weights.PartFiles;
import dev.kontext4j.transformer.flux.FluxTransformer;
import dev.kontext4j.transformer.flux.Position;
import dev.kontext4j.transformer.flux.Shortcuts;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Steps of a transformer of real width on random numbers: a picture of 512x512 with a reference of
/// that size, and a long prompt.
record WideSteps(PartFiles files, DType dtype) {
  private static final int TEXT = 512;
  private static final int SIDE = 32; // tokens
  private static final float[] TIMES = {1000, 500};

  static WideSteps of(Path file, String dtype) {
    return new WideSteps(
        PartFiles.of(file, "", List.of()), dtype.equals("f32") ? DType.F32 : DType.BF16);
  }

  /// @param seconds a step; without the first, in which pages are faulted in
  /// @param velocity of the last step
  /// @param bytes of memory that the process has in use behind it, mapped files with what of them
  ///   is read
  record Timed(List<Double> seconds, FloatBuffer velocity, long bytes) {}

  Timed timed(Precision precision, Residency plan) {
    try (var part = FluxTransformer.open(files, new Computing(dtype, precision, Device.CPU), plan);
        var _ = Scope.open()) {
      var flux = part.network();
      var config = flux.config();
      var noise = numbers(SIDE * SIDE, config.inChannels());
      var references = flux.image(numbers(SIDE * SIDE, config.inChannels()));
      var text = flux.text(numbers(TEXT, config.textWidth()));
      var pooled = numbers(1, config.pooledWidth()).reshape(1, -1);
      var modulations = flux.modulations(TIMES, 2.5f, pooled);
      var rope = flux.rope(TEXT, positions());
      var seconds = new ArrayList<Double>();
      var velocity = FloatBuffer.allocate(0);
      for (int step = 0; step < TIMES.length; step++) {
        try (var _ = Scope.open()) {
          long start = System.nanoTime();
          var made =
              flux.velocity(noise, references, text, modulations, step, rope, Shortcuts.NONE);
          velocity = FloatBuffer.wrap(made.toFloats());
          seconds.add((System.nanoTime() - start) / 1e9);
        }
      }
      long bytes = MemoryInUse.on(Device.CPU).orElse(0);
      return new Timed(seconds.subList(1, seconds.size()), velocity, bytes);
    }
  }

  private static List<Position> positions() {
    var positions = new ArrayList<Position>();
    for (int image = 0; image < 2; image++) {
      for (int i = 0; i < SIDE * SIDE; i++) {
        positions.add(new Position(image, i / SIDE, i % SIDE));
      }
    }
    return positions;
  }

  private Tensor numbers(int tokens, int width) {
    return numbers(tokens, width, dtype);
  }

  /// Random ones: (1, tokens, width).
  static Tensor numbers(long tokens, int width, DType dtype) {
    var random = new Random(tokens * 31L + width);
    var values = new float[Math.toIntExact(tokens * width)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, 1, tokens, width).to(dtype);
  }

  static double median(List<Double> values) {
    var sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
