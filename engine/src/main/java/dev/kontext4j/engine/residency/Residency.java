package dev.kontext4j.engine.residency;

/// A plan of which weights stay in memory. What belongs to no block stays in any case.
///
/// @param blocks how many of the blocks stay, from the first on
/// @param ringBytes the memory through which everything else passes; 0 if nothing does
public record Residency(int blocks, long ringBytes) {

  /// Everything stays: on the CPU as the mapped files.
  public static final Residency ALL = new Residency(Integer.MAX_VALUE, 0);

  public Residency {
    if (blocks < 0 || ringBytes < 0) {
      throw new IllegalArgumentException(blocks + " blocks, " + ringBytes + " bytes");
    }
  }

  /// The first `blocks` stay, the others pass through a ring, and so does what is needed only once.
  public static Residency streaming(int blocks, long ringBytes) {
    return new Residency(blocks, ringBytes);
  }

  /// Whether anything comes and goes.
  public boolean streams() {
    return ringBytes > 0;
  }
}
