package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.testkit.TestDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Steps of any transformer on numbers of no meaning that change from step to step, with what some
/// shortcuts leave out of them.
record SparedSteps(FluxTransformer flux, DType dtype) {
  private static final float[] TIMES = {1000, 910, 800.5f, 690, 480, 260, 90};
  private static final int NOISE = 6;
  private static final int REFERENCES = 4;
  private static final int TEXT = 5;

  /// The velocities, one after the other, as their bytes.
  List<byte[]> velocities(Shortcuts shortcuts) {
    var velocities = new ArrayList<byte[]>();
    try (shortcuts;
        var _ = Scope.open()) {
      var config = flux.config();
      var start = numbers(1, NOISE, config.inChannels());
      var end = numbers(6, NOISE, config.inChannels());
      var references = flux.image(numbers(2, REFERENCES, config.inChannels()));
      var text = flux.text(numbers(3, TEXT, config.textWidth()));
      var mods = flux.modulations(TIMES, 2.5f, numbers(4, 1, config.pooledWidth()).reshape(1, -1));
      var rope = flux.rope(TEXT, positions());
      for (int step = 0; step < TIMES.length; step++) {
        try (var _ = Scope.open()) {
          double way = step / 10.0;
          var noise = start.mul(1 - way).add(end.mul(way)).to(dtype);
          velocities.add(
              flux.velocity(noise, references, text, mods, step, rope, shortcuts).toBytes());
        }
      }
    }
    return velocities;
  }

  private static List<Position> positions() {
    var positions = new ArrayList<Position>();
    for (int i = 0; i < NOISE; i++) {
      positions.add(new Position(0, i / 3, i % 3));
    }
    for (int i = 0; i < REFERENCES; i++) {
      positions.add(new Position(1, i / 2, i % 2));
    }
    return positions;
  }

  private Tensor numbers(long seed, int tokens, int channels) {
    var random = new Random(seed);
    var values = new float[tokens * channels];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, 1, tokens, channels).to(dtype).to(TestDevice.get());
  }
}
