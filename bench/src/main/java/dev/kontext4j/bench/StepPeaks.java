package dev.kontext4j.bench;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.weights.PartFiles;
import dev.kontext4j.transformer.flux.FluxTransformer;
import dev.kontext4j.transformer.flux.Position;
import dev.kontext4j.transformer.flux.Shortcuts;
import dev.kontext4j.transformer.flux.TokenCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;

public final class StepPeaks {
  public static void main(String[] arguments) throws IOException {
    var folder = Path.of(arguments[0]);
    for (int[] blocks : new int[][] {{1, 1}, {1, 0}}) {
      Path file = WideModel.in(folder, blocks[0], blocks[1]);
      for (var counts :
          List.of(
              new TokenCounts(512, 1024, 0),
              new TokenCounts(512, 1024, 1024),
              new TokenCounts(128, 512, 1024),
              new TokenCounts(512, 2048, 2048))) {
        try (var part =
                FluxTransformer.open(PartFiles.of(file, "", List.of()), DType.F32, Device.CPU);
            var _ = Scope.open()) {
          var flux = part.network();
          var config = flux.config();
          var noise = numbers(counts.noise(), config.inChannels());
          var references =
              counts.references() == 0
                  ? null
                  : flux.image(numbers(counts.references(), config.inChannels()));
          var text = flux.text(numbers(counts.text(), config.textWidth()));
          var modulations =
              flux.modulations(
                  new float[] {1000, 500}, 2.5f, numbers(1, config.pooledWidth()).reshape(1, -1));
          var rope =
              flux.rope(
                  (int) counts.text(),
                  Collections.nCopies(
                      (int) (counts.noise() + counts.references()), new Position(0, 1, 1)));
          for (int i = 0; i < 3; i++) {
            long peak =
                MemoryPeak.of(() -> {
                  try (var _ = Scope.open()) {
                    flux.velocity(noise, references, text, modulations, 0, rope, Shortcuts.NONE);
                  }
                });
            double unit = 4.0 * config.width() * counts.all();
            System.out.printf(
                "%d+%d %s %d MB = %.2f units of %.1f MB%n",
                blocks[0], blocks[1], counts, peak / 1000000, peak / unit, unit / 1e6);
          }
        }
      }
    }
  }

  private static Tensor numbers(long tokens, int width) {
    var random = new Random(tokens * 31L + width);
    var values = new float[Math.toIntExact(tokens * width)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, 1, tokens, width);
  }
}
