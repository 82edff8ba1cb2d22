package dev.kontext4j.cli.output;

import java.util.Locale;

/// Amounts of memory for people.
public final class Bytes {
  private Bytes() {}

  /// Such as `3.2 GiB`.
  public static String text(long bytes) {
    return bytes >= 1L << 30
        ? String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30))
        : String.format(Locale.ROOT, "%d MiB", bytes >> 20);
  }
}
