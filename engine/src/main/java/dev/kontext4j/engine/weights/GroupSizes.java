package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.residency.Cargo;
import dev.kontext4j.engine.residency.Group;
import dev.kontext4j.engine.residency.GroupSize;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/// What the groups of a network's parameters take, added up while it is loaded.
final class GroupSizes {
  private final Checkpoint checkpoint;
  private final Packings packings;
  private final DType dtype;
  private final Map<Group, GroupSize> sizes = new LinkedHashMap<>();

  /// @param dtype the type that is computed in
  GroupSizes(Checkpoint checkpoint, Packings packings, DType dtype) {
    this.checkpoint = checkpoint;
    this.packings = packings;
    this.dtype = dtype;
  }

  /// In the order of loading.
  List<GroupSize> all() {
    return List.copyOf(sizes.values());
  }

  void add(Group group, Layout.StoredAs stored, long[] shape) {
    long inFiles = inFiles(stored);
    if (stored.names().stream().allMatch(packings::staysPacked)) {
      add(new GroupSize(group, inFiles, inFiles, 0));
    } else {
      long asNumbers = bytes(dtype, shape);
      add(new GroupSize(group, inFiles, asNumbers, isAsStored(stored) ? 0 : asNumbers));
    }
  }

  /// A matrix that is computed with in numbers of 8 bits.
  void addEightBits(Group group, Layout.StoredAs stored, DType numbers, long rows, long columns) {
    long made = bytes(numbers, rows, columns) + bytes(DType.F32, rows);
    add(new GroupSize(group, inFiles(stored), made, made));
  }

  private void add(GroupSize size) {
    sizes.merge(size.group(), size, GroupSize::plus);
  }

  private long inFiles(Layout.StoredAs stored) {
    return stored.names().stream()
        .flatMap(packings::sources)
        .mapToLong(name -> Cargo.room(checkpoint.entry(name)))
        .sum();
  }

  private static long bytes(DType dtype, long... shape) {
    return LongStream.of(shape).reduce(dtype.bytes(), Math::multiplyExact);
  }

  private boolean isAsStored(Layout.StoredAs stored) {
    String first = stored.names().getFirst();
    return stored.names().size() == 1
        && !stored.swapHalves()
        && packings.of(first).isEmpty()
        && checkpoint.entry(first).dtype().equals(Optional.of(dtype));
  }
}
