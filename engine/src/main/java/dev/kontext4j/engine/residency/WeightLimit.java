package dev.kontext4j.engine.residency;

import dev.kontext4j.engine.DeviceException;
import java.util.List;
import java.util.function.ToLongFunction;

/// The most memory that a network's weights may take.
public record WeightLimit(long bytes) {

  /// The plan that keeps as many blocks as there is room for. Two slots of a ring are worth more
  /// than blocks that stay, for only with them something is read while something is computed.
  ///
  /// @param sizes of all of the network's groups
  /// @throws DeviceException with the least limit, if this one is too small for any plan
  public Residency plan(List<GroupSize> sizes) {
    if (all(sizes) <= bytes) {
      return Residency.ALL;
    }
    long always = sum(sizes, Group.Use.ALWAYS);
    var passing = passing(sizes);
    long fixed = always + largest(passing, GroupSize::made);
    long slot = largest(passing, GroupSize::stored);
    if (fixed + slot > bytes) {
      throw new DeviceException(
          "%d bytes are too few for the weights, even if all blocks come and go one by one; the least is %d"
              .formatted(bytes, fixed + slot));
    }
    long ring = fixed + 2 * slot <= bytes ? 2 * slot : slot;
    return Residency.streaming(staying(sizes, bytes - fixed - ring), ring);
  }

  /// The least that any plan takes: all blocks come and go one by one, if that is less than all.
  public static long least(List<GroupSize> sizes) {
    var passing = passing(sizes);
    long streaming =
        sum(sizes, Group.Use.ALWAYS)
            + largest(passing, GroupSize::made)
            + largest(passing, GroupSize::stored);
    return Math.min(streaming, all(sizes));
  }

  /// The largest ring that a plan has.
  public static long largestRing(List<GroupSize> sizes) {
    return 2 * largest(passing(sizes), GroupSize::stored);
  }

  private static long all(List<GroupSize> sizes) {
    return sum(sizes, Group.Use.ALWAYS) + sum(sizes, Group.Use.BLOCK) + largestOnce(sizes);
  }

  private static List<GroupSize> passing(List<GroupSize> sizes) {
    return sizes.stream().filter(size -> size.group().use() != Group.Use.ALWAYS).toList();
  }

  private static int staying(List<GroupSize> sizes, long room) {
    int blocks = 0;
    long left = room;
    for (GroupSize size : sizes) {
      if (size.group().use() == Group.Use.BLOCK) {
        left -= size.kept();
        if (left < 0) {
          break;
        }
        blocks++;
      }
    }
    return blocks;
  }

  private static long sum(List<GroupSize> sizes, Group.Use use) {
    return sizes.stream()
        .filter(size -> size.group().use() == use)
        .mapToLong(GroupSize::kept)
        .sum();
  }

  /// What is needed once is let go before the next.
  private static long largestOnce(List<GroupSize> sizes) {
    return largest(
        sizes.stream().filter(size -> size.group().use() == Group.Use.ONCE).toList(),
        GroupSize::kept);
  }

  private static long largest(List<GroupSize> sizes, ToLongFunction<GroupSize> of) {
    return sizes.stream().mapToLong(of).max().orElse(0);
  }
}
