package dev.kontext4j.engine.residency;

import java.util.List;

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

  /// What a network's weights take under this plan, while its blocks are computed.
  ///
  /// @param sizes of all of the network's groups
  public long bytes(List<GroupSize> sizes) {
    long always = 0;
    long kept = 0;
    long made = 0;
    int block = 0;
    for (GroupSize size : sizes) {
      switch (size.group().use()) {
        case ALWAYS -> always += size.kept();
        case ONCE -> made = streams() ? Math.max(made, size.made()) : made;
        case BLOCK -> {
          boolean stays = !streams() || block < blocks;
          kept += stays ? size.kept() : 0;
          made = stays ? made : Math.max(made, size.made());
          block++;
        }
      }
    }
    return always + kept + made + ringBytes;
  }

  /// Whether anything comes and goes.
  public boolean streams() {
    return ringBytes > 0;
  }
}
