package dev.kontext4j.bench;

import dev.kontext4j.engine.quant.Precision;
import dev.kontext4j.engine.residency.Residency;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Times the steps of a transformer of real width in each precision, in turn, and tells how far its
/// velocity is from the exact one: `tools/bench/precisions`.
public final class PrecisionSteps {
  private PrecisionSteps() {}

  public static void main(String[] arguments) throws IOException {
    Path file = WideModel.in(Path.of(arguments[0]), 2, 4);
    var steps = WideSteps.of(file, arguments.length > 1 ? arguments[1] : "bf16");
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 2;
    var seconds = new EnumMap<Precision, List<Double>>(Precision.class);
    var last = new EnumMap<Precision, WideSteps.Timed>(Precision.class);
    for (int round = 0; round < rounds; round++) {
      for (Precision precision : Precision.values()) {
        var timed = steps.timed(precision, Residency.ALL);
        seconds.computeIfAbsent(precision, _ -> new ArrayList<>()).addAll(timed.seconds());
        last.put(precision, timed);
      }
    }
    seconds.forEach((precision, some) -> System.out.println(line(precision, some, last)));
  }

  private static String line(
      Precision precision, List<Double> seconds, Map<Precision, WideSteps.Timed> last) {
    var exact = last.get(Precision.EXACT);
    var timed = last.get(precision);
    return String.format(
        Locale.ROOT,
        "%-5s %.2f s a step, velocity off by %.4f, %d MB in use behind it",
        precision,
        WideSteps.median(seconds),
        distance(exact.velocity(), timed.velocity()),
        timed.bytes() / 1_000_000);
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
