package dev.kontext4j.cli.progress;

import dev.kontext4j.cli.output.Bytes;
import java.util.function.LongSupplier;

/// How far a stream of bytes has come, in words: its share, its speed, and the time that is left.
final class Flow {
  private final Throughput throughput;

  Flow(LongSupplier clock) {
    this.throughput = new Throughput(clock);
  }

  /// So many have come in this run.
  void at(long received) {
    throughput.at(received);
  }

  /// @param came with what earlier runs left
  String words(long came, long whole) {
    String line =
        "%d %%, %s of %s"
            .formatted(percent(came, whole), Bytes.decimal(came), Bytes.decimal(whole));
    var speed = throughput.bytesASecond();
    if (speed.isPresent()) {
      line += ", " + Bytes.decimal(Math.round(speed.getAsDouble())) + "/s";
      line += ", " + time((whole - came) / speed.getAsDouble()) + " left";
    }
    return line;
  }

  static long percent(long part, long all) {
    return all <= 0 ? 100 : Math.clamp(100 * part / all, 0, 100);
  }

  private static String time(double seconds) {
    long whole = Math.round(seconds);
    return whole < 3600
        ? "%d:%02d".formatted(whole / 60, whole % 60)
        : "%d:%02d:%02d".formatted(whole / 3600, whole / 60 % 60, whole % 60);
  }
}
