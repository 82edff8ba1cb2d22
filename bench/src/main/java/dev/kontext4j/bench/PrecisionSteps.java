package dev.kontext4j.bench;

import dev.kontext4j.engine.quant.Precision;
import dev.kontext4j.engine.residency.Residency;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Times the steps of a transformer of real width in each precision, and tells how far its velocity
/// is from that of the first one: `tools/bench/precisions`.
public final class PrecisionSteps {
  private PrecisionSteps() {}

  public static void main(String[] arguments) throws IOException {
    Path file = WideModel.in(Path.of(arguments[0]), 2, 4);
    var steps = WideSteps.of(file, arguments.length > 1 ? arguments[1] : "bf16");
    int count = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 2;
    WideSteps.Timed base = null;
    String wanted = arguments.length > 3 ? arguments[3] : "exact,int8,fp8";
    for (String name : wanted.split(",", -1)) {
      var precision = Precision.valueOf(name.toUpperCase(Locale.ROOT));
      var rounds = new ArrayList<WideSteps.Timed>();
      for (int i = 0; i < count; i++) {
        rounds.add(steps.timed(precision, Residency.ALL));
      }
      if (base == null) {
        base = rounds.getFirst();
      }
      System.out.println(line(precision, base, rounds));
    }
  }

  private static String line(
      Precision precision, WideSteps.Timed base, List<WideSteps.Timed> rounds) {
    var seconds = rounds.stream().flatMap(round -> round.seconds().stream()).toList();
    var last = rounds.getLast();
    return String.format(
        Locale.ROOT,
        "%-5s %.2f s a step, velocity off by %.4f, %d MB in use behind it",
        precision,
        WideSteps.median(seconds),
        distance(base.velocity(), last.velocity()),
        last.bytes() / 1_000_000);
  }

  /// Norm of the differences, relative to that of what was expected.
  private static double distance(FloatBuffer expected, FloatBuffer found) {
    double differences = 0;
    double norm = 0;
    for (int i = 0; i < expected.capacity(); i++) {
      double difference = expected.get(i) - found.get(i);
      differences += difference * difference;
      norm += (double) expected.get(i) * expected.get(i);
    }
    return Math.sqrt(differences / norm);
  }
}
