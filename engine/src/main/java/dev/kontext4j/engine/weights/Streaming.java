package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.DeviceException;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.residency.Cargo;
import dev.kontext4j.engine.residency.Group;
import dev.kontext4j.engine.residency.Group.Use;
import dev.kontext4j.engine.residency.Reading;
import dev.kontext4j.engine.residency.Residency;
import dev.kontext4j.engine.residency.Ring;
import dev.kontext4j.engine.residency.Slot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The weights of a network that may come and go, and the plan that says which of them do. One of
/// those is here at a time: the first of its parameters that is asked for brings it, and sends away
/// the one before.
final class Streaming implements AutoCloseable {
  private final Checkpoint checkpoint;
  private final Device device;
  private final Map<Group, StreamedGroup> groups = new LinkedHashMap<>();
  private Residency plan;
  private int blocks;
  private @Nullable Ring ring;
  private List<StreamedGroup> order = List.of();
  private @Nullable StreamedGroup current;

  Streaming(Checkpoint checkpoint, Device device, Residency plan) {
    this.checkpoint = checkpoint;
    this.device = device;
    this.plan = plan;
  }

  /// The group, unless it stays under any plan. To be asked in the order of loading.
  Optional<StreamedGroup> mayComeAndGo(Group group) {
    return group.use() == Use.ALWAYS
        ? Optional.empty()
        : Optional.of(groups.computeIfAbsent(group, this::opened));
  }

  private StreamedGroup opened(Group group) {
    int number = group.use() == Use.BLOCK ? blocks++ : StreamedGroup.NO_BLOCK;
    return new StreamedGroup(checkpoint, group.name(), number);
  }

  /// Whether anything does.
  boolean streams() {
    return plan.streams();
  }

  /// Whether a group does.
  boolean passes(StreamedGroup group) {
    return plan.streams() && group.number() >= plan.blocks();
  }

  /// Goes on under another plan. What stays under both is left where it is.
  void follow(Residency next) {
    if (!next.equals(plan)) {
      closeRing();
      plan = next;
      requireRoom();
      groups.values().stream().filter(this::passes).forEach(StreamedGroup::releaseStaying);
    }
  }

  /// Frees what is here of the blocks from that number on, and the ring, until they are used again.
  void rest(int from) {
    closeRing();
    groups.values().stream()
        .filter(group -> group.number() >= from)
        .forEach(StreamedGroup::releaseStaying);
  }

  /// Fails unless the ring can hold each group. All parameters have been loaded.
  void requireRoom() {
    var largest = passing().map(StreamedGroup::cargo).max(Comparator.comparing(Cargo::bytes));
    largest
        .filter(cargo -> cargo.bytes() > plan.ringBytes())
        .ifPresent(cargo -> {
          throw new DeviceException(
              "A ring of %d bytes for weights that come and go is too small: %s alone is %d bytes; give it at least that"
                  .formatted(plan.ringBytes(), cargo.name(), cargo.bytes()));
        });
  }

  /// Brings a group, unless it is here.
  void enter(StreamedGroup group) {
    if (group == current) {
      return;
    }
    var from = ring();
    if (current != null) {
      var left = current;
      current = null;
      from.giveBack(left.leave());
    }
    Slot slot = from.take(order.indexOf(group));
    group.arrive(slot);
    current = group;
  }

  private Ring ring() {
    if (ring == null) {
      order = new ArrayList<>(passing().filter(group -> !group.isBlock()).toList());
      int loop = order.size();
      order.addAll(passing().filter(StreamedGroup::isBlock).toList());
      var cargos = order.stream().map(StreamedGroup::cargo).toList();
      ring = new Ring(cargos, loop, plan.ringBytes(), device, Reading.OF_FILES);
    }
    return ring;
  }

  private Stream<StreamedGroup> passing() {
    return groups.values().stream().filter(this::passes);
  }

  private void closeRing() {
    if (ring == null) {
      return;
    }
    if (current != null) {
      var left = current;
      current = null;
      ring.giveBack(left.leave());
    }
    ring.close();
    ring = null;
  }

  @Override
  public void close() {
    closeRing();
  }
}
