package dev.kontext4j.bench;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.quant.Precision;
import dev.kontext4j.engine.weights.PartFiles;
import dev.kontext4j.transformer.flux.FluxTransformer;
import dev.kontext4j.transformer.flux.Position;
import dev.kontext4j.transformer.flux.Shortcuts;
import dev.kontext4j.transformer.flux.StepMemory;
import dev.kontext4j.transformer.flux.TokenCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/// What a step of a transformer of real width takes beside its weights, measured and as
/// [StepMemory] has it: `tools/bench/memory`.
public final class StepPeaks {
  private static final float[] TIMES = {1000, 500};
  private static final List<TokenCounts> COUNTS =
      List.of(
          new TokenCounts(512, 1024, 0),
          new TokenCounts(512, 1024, 1024),
          new TokenCounts(128, 256, 1024),
          new TokenCounts(512, 2048, 2048));

  private final FluxTransformer flux;
  private final Computing computing;

  private StepPeaks(FluxTransformer flux, Computing computing) {
    this.flux = flux;
    this.computing = computing;
  }

  public static void main(String[] arguments) throws IOException {
    var file = PartFiles.of(WideModel.in(Path.of(arguments[0]), 1, 2), "", List.of());
    var dtype = arguments.length > 1 && arguments[1].equals("bf16") ? DType.BF16 : DType.F32;
    var precision = arguments.length > 2 ? Precision.valueOf(arguments[2]) : Precision.EXACT;
    var computing = new Computing(dtype, precision, Device.CPU);
    System.out.println("| tokens: text, noise, references | measured | computed | ratio |");
    System.out.println("|---|---|---|---|");
    for (TokenCounts tokens : COUNTS) {
      try (var part = FluxTransformer.open(file, computing);
          var _ = Scope.open()) {
        System.out.println(new StepPeaks(part.network(), computing).row(tokens));
      }
    }
  }

  private String row(TokenCounts tokens) throws IOException {
    long measured = measured(tokens);
    long computed = new StepMemory(flux.config(), tokens, computing, false).bytes();
    return "| %d, %d, %d | %d MB | %d MB | %.2f |"
        .formatted(
            tokens.text(),
            tokens.noise(),
            tokens.references(),
            measured / 1_000_000,
            computed / 1_000_000,
            computed / (double) measured);
  }

  private long measured(TokenCounts tokens) throws IOException {
    try (var _ = Scope.open()) {
      var config = flux.config();
      var noise = numbers(tokens.noise(), config.inChannels());
      var references =
          tokens.references() == 0
              ? null
              : flux.image(numbers(tokens.references(), config.inChannels()));
      var text = flux.text(numbers(tokens.text(), config.textWidth()));
      var pooled = numbers(1, config.pooledWidth()).reshape(1, -1);
      var modulations = flux.modulations(TIMES, 2.5f, pooled);
      var places =
          Collections.nCopies(
              Math.toIntExact(tokens.noise() + tokens.references()), new Position(0, 1, 1));
      var rope = flux.rope(Math.toIntExact(tokens.text()), places);
      Runnable step =
          () -> {
            try (var _ = Scope.open()) {
              flux.velocity(noise, references, text, modulations, 0, rope, Shortcuts.NONE);
            }
          };
      step.run(); // weights are made
      return MemoryPeak.of(step);
    }
  }

  private Tensor numbers(long tokens, int width) {
    return WideSteps.numbers(tokens, width, computing.dtype());
  }
}
