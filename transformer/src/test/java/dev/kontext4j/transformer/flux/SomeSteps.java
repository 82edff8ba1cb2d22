package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.testkit.TestDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A few steps of any transformer on numbers of no meaning, with two prompts in turn, as an edit
/// that steers away from something takes them.
record SomeSteps(FluxTransformer flux, DType dtype) {
  private static final float[] TIMES = {1000, 480.5f};

  /// The velocities, one after the other, as their bytes.
  List<byte[]> velocities() {
    var velocities = new ArrayList<byte[]>();
    try (var _ = Scope.open()) {
      var config = flux.config();
      var noise = numbers(1, 1, 6, config.inChannels());
      var references = flux.image(numbers(2, 1, 4, config.inChannels()));
      var text = flux.text(numbers(3, 1, 5, config.textWidth()));
      var towards = flux.modulations(TIMES, 2.5f, numbers(4, 1, config.pooledWidth()));
      var away = flux.modulations(TIMES, 2.5f, numbers(5, 1, config.pooledWidth()));
      var rope = flux.rope(5, positions());
      for (int step = 0; step < TIMES.length; step++) {
        for (Modulations modulations : List.of(towards, away)) {
          try (var _ = Scope.open()) {
            var velocity =
                flux.velocity(noise, references, text, modulations, step, rope, Shortcuts.NONE);
            velocities.add(velocity.toBytes());
          }
        }
      }
    }
    return velocities;
  }

  private static List<Position> positions() {
    var positions = new ArrayList<Position>();
    for (int i = 0; i < 6; i++) {
      positions.add(new Position(0, i / 3, i % 3));
    }
    for (int i = 0; i < 4; i++) {
      positions.add(new Position(1, i / 2, i % 2));
    }
    return positions;
  }

  private Tensor numbers(long seed, long... shape) {
    var random = new Random(seed);
    long count = 1;
    for (long size : shape) {
      count *= size;
    }
    var values = new float[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, shape).to(dtype).to(TestDevice.get());
  }
}
