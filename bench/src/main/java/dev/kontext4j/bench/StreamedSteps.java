package dev.kontext4j.bench;

import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.quant.Precision;
import dev.kontext4j.engine.residency.Group;
import dev.kontext4j.engine.residency.GroupSize;
import dev.kontext4j.engine.residency.Residency;
import dev.kontext4j.transformer.flux.FluxTransformer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Locale;

/// Times the steps of a transformer of real width, with weights that stay and with weights that all
/// come and go, in turn, and compares what comes out: `tools/bench/streamed`.
///
/// The ring has a quarter of what passes through it. A picture of 512x512 with a reference of that
/// size.
public final class StreamedSteps {
  private static final double RING_SHARE = 0.25;

  private final WideSteps steps;

  private StreamedSteps(WideSteps steps) {
    this.steps = steps;
  }

  public static void main(String[] arguments) throws IOException {
    Path file = WideModel.in(Path.of(arguments[0]), 2, 4);
    var steps = WideSteps.of(file, arguments.length > 1 ? arguments[1] : "bf16");
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 2;
    System.out.println(new StreamedSteps(steps).run(rounds));
  }

  private String run(int rounds) {
    var streaming = Residency.streaming(0, ringBytes());
    var resident = new ArrayList<Double>();
    var streamed = new ArrayList<Double>();
    boolean same = true;
    for (int round = 0; round < rounds; round++) {
      var one = steps.timed(Precision.EXACT, Residency.ALL);
      var other = steps.timed(Precision.EXACT, streaming);
      resident.addAll(one.seconds());
      streamed.addAll(other.seconds());
      same &= one.velocity().equals(other.velocity());
    }
    return String.format(
        Locale.ROOT,
        "%s, a step: resident %.2f s, streamed through %d MB %.2f s, ratio of medians %.3f, of the best %.3f; %s",
        steps.dtype(),
        WideSteps.median(resident),
        streaming.ringBytes() / 1_000_000,
        WideSteps.median(streamed),
        WideSteps.median(streamed) / WideSteps.median(resident),
        Collections.min(streamed) / Collections.min(resident),
        same ? "equal in every bit" : "DIFFERENT NUMBERS");
  }

  /// But not less than the largest block.
  private long ringBytes() {
    try (var part =
        FluxTransformer.open(steps.files(), Computing.exactly(steps.dtype(), Device.CPU))) {
      var blocks =
          part.sizes().stream().filter(size -> size.group().use() == Group.Use.BLOCK).toList();
      long all = blocks.stream().mapToLong(GroupSize::stored).sum();
      long largest = blocks.stream().mapToLong(GroupSize::stored).max().orElseThrow();
      return Math.max(largest, (long) (RING_SHARE * all));
    }
  }
}
