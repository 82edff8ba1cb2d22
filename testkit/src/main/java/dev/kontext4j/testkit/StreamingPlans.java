package dev.kontext4j.testkit;

import dev.kontext4j.engine.residency.Group;
import dev.kontext4j.engine.residency.GroupSize;
import dev.kontext4j.engine.residency.Residency;
import java.util.List;

/// Plans by which a small network's weights come and go.
public final class StreamingPlans {
  private StreamingPlans() {}

  /// None, some, or all blocks stay; the ring holds one block, a few, or all.
  public static List<Residency> of(List<GroupSize> sizes) {
    long least = leastRing(sizes);
    return List.of(
        Residency.streaming(0, least),
        Residency.streaming(0, 5 * least / 2),
        Residency.streaming(0, 50 * least),
        Residency.streaming(2, least),
        Residency.streaming(4, 3 * least),
        Residency.streaming(100, least));
  }

  /// The smallest ring through which the network's weights can pass.
  public static long leastRing(List<GroupSize> sizes) {
    return sizes.stream()
        .filter(size -> size.group().use() != Group.Use.ALWAYS)
        .mapToLong(GroupSize::stored)
        .max()
        .orElseThrow();
  }
}
