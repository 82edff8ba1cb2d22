package dev.kontext4j.engine;

/// What a card can do, as NVIDIA numbers it: `8.6`. Code for `8.0` runs on it, that for `9.0` does
/// not.
public record ComputeCapability(int major, int minor) implements Comparable<ComputeCapability> {

  /// Of a number such as 86 or 120.
  public static ComputeCapability of(int architecture) {
    return new ComputeCapability(architecture / 10, architecture % 10);
  }

  /// Whether a card of this capability runs what was compiled for another.
  public boolean runs(ComputeCapability compiled) {
    return major == compiled.major && minor >= compiled.minor;
  }

  @Override
  public int compareTo(ComputeCapability other) {
    return major == other.major
        ? Integer.compare(minor, other.minor)
        : Integer.compare(major, other.major);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
