package dev.kontext4j.bench;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.residency.Group;
import dev.kontext4j.engine.residency.GroupSize;
import dev.kontext4j.engine.residency.Residency;
import dev.kontext4j.engine.weights.PartFiles;
import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.transformer.flux.FluxTransformer;
import dev.kontext4j.transformer.flux.Position;
import dev.kontext4j.transformer.flux.Shortcuts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Times the steps of a transformer of real width, with weights that stay and with weights that all
/// come and go, in turn, and compares what comes out: `tools/bench/streamed`.
///
/// The ring has a quarter of what passes through it. A picture of 512x512 with a reference of that
/// size.
public final class StreamedSteps {
  private static final double RING_SHARE = 0.25;
  private static final int TEXT = 512;
  private static final int SIDE = 32; // tokens
  private static final float[] TIMES = {1000, 500};

  private final PartFiles files;
  private final DType dtype;

  private StreamedSteps(PartFiles files, DType dtype) {
    this.files = files;
    this.dtype = dtype;
  }

  public static void main(String[] arguments) throws IOException {
    Path file = WideModel.in(Path.of(arguments[0]), 2, 4);
    var dtype = arguments.length > 1 && arguments[1].equals("f32") ? DType.F32 : DType.BF16;
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 2;
    System.out.println(new StreamedSteps(PartFiles.of(file, "", List.of()), dtype).run(rounds));
  }

  /// @param seconds a step, of each
  /// @param velocity of the last step
  private record Timed(List<Double> seconds, Sha256 velocity) {}

  private String run(int rounds) {
    var streaming = Residency.streaming(0, ringBytes());
    var resident = new ArrayList<Double>();
    var streamed = new ArrayList<Double>();
    boolean same = true;
    for (int round = 0; round < rounds; round++) {
      var one = timed(Residency.ALL);
      var other = timed(streaming);
      resident.addAll(one.seconds);
      streamed.addAll(other.seconds);
      same &= one.velocity.equals(other.velocity);
    }
    return String.format(
        Locale.ROOT,
        "%s, a step: resident %.2f s, streamed through %d MB %.2f s, ratio of medians %.3f, of the best %.3f; %s",
        dtype,
        median(resident),
        streaming.ringBytes() / 1_000_000,
        median(streamed),
        median(streamed) / median(resident),
        Collections.min(streamed) / Collections.min(resident),
        same ? "equal in every bit" : "DIFFERENT NUMBERS");
  }

  /// But not less than the largest block.
  private long ringBytes() {
    try (var part = FluxTransformer.open(files, dtype, Device.CPU)) {
      var blocks =
          part.sizes().stream().filter(size -> size.group().use() == Group.Use.BLOCK).toList();
      long all = blocks.stream().mapToLong(GroupSize::stored).sum();
      long largest = blocks.stream().mapToLong(GroupSize::stored).max().orElseThrow();
      return Math.max(largest, (long) (RING_SHARE * all));
    }
  }

  private Timed timed(Residency plan) {
    try (var part = FluxTransformer.open(files, dtype, Device.CPU, plan);
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
      byte[] velocity = {};
      for (int step = 0; step < TIMES.length; step++) {
        try (var _ = Scope.open()) {
          long start = System.nanoTime();
          velocity =
              flux.velocity(noise, references, text, modulations, step, rope, Shortcuts.NONE)
                  .toBytes();
          seconds.add((System.nanoTime() - start) / 1e9);
        }
      }
      // In the first step pages are faulted in, which is no part of what is asked here.
      return new Timed(seconds.subList(1, seconds.size()), Sha256.of(velocity));
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

  /// (1, tokens, width)
  private Tensor numbers(int tokens, int width) {
    var random = new Random(tokens * 31L + width);
    var values = new float[tokens * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, 1, tokens, width).to(dtype);
  }

  private static double median(List<Double> values) {
    var sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
