package dev.kontext4j.cli.progress;

import java.util.ArrayDeque;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/// How fast bytes have come lately.
final class Throughput {
  private static final long WINDOW = 10_000_000_000L; // nanoseconds
  private static final double LEAST = 0.5; // seconds, before it says anything

  private final LongSupplier clock;
  private final ArrayDeque<Mark> marks = new ArrayDeque<>();

  private record Mark(long time, long bytes) {}

  Throughput(LongSupplier clock) {
    this.clock = clock;
  }

  /// So many have come in all.
  void at(long bytes) {
    long now = clock.getAsLong();
    marks.add(new Mark(now, bytes));
    while (marks.size() > 2 && now - marks.getFirst().time() > WINDOW) {
      marks.remove();
    }
  }

  OptionalDouble bytesASecond() {
    if (marks.isEmpty()) {
      return OptionalDouble.empty();
    }
    double seconds = (marks.getLast().time() - marks.getFirst().time()) / 1e9;
    long bytes = marks.getLast().bytes() - marks.getFirst().bytes();
    return seconds < LEAST || bytes <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(bytes / seconds);
  }
}
