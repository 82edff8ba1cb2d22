package dev.kontext4j.cli.output;

import java.util.Locale;

/// Amounts of memory and of data for people.
public final class Bytes {
  private Bytes() {}

  /// Such as `3.2 GiB`.
  public static String text(long bytes) {
    return bytes >= 1L << 30
        ? String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30))
        : String.format(Locale.ROOT, "%d MiB", bytes >> 20);
  }

  /// Such as `3.20 GB`, as disks and files are told.
  public static String decimal(long bytes) {
    return bytes >= 1_000_000_000
        ? String.format(Locale.ROOT, "%.2f GB", bytes / 1e9)
        : bytes >= 1_000_000
            ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
            : String.format(Locale.ROOT, "%d kB", Math.ceilDiv(bytes, 1000));
  }
}
