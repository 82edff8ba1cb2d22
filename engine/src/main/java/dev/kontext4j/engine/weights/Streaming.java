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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The weights of a network that come and go, by a plan. One group is here at a time: the first of
/// its parameters that is asked for brings it, and sends away the one before.
final class Streaming implements AutoCloseable {
  private final Checkpoint checkpoint;
  private final Device device;
  private final Residency plan;
  private final Map<Group, Integer> blockNumbers = new HashMap<>();
  private final Map<Group, StreamedGroup> groups = new LinkedHashMap<>();
  private @Nullable Ring ring;
  private List<StreamedGroup> order = List.of();
  private @Nullable StreamedGroup current;

  Streaming(Checkpoint checkpoint, Device device, Residency plan) {
    this.checkpoint = checkpoint;
    this.device = device;
    this.plan = plan;
  }

  /// The group, unless it stays. To be asked in the order of loading.
  Optional<StreamedGroup> comesAndGoes(Group group) {
    if (!plan.streams() || group.use() == Use.ALWAYS) {
      return Optional.empty();
    }
    if (group.use() == Use.BLOCK) {
      int number = blockNumbers.computeIfAbsent(group, _ -> blockNumbers.size());
      if (number < plan.blocks()) {
        return Optional.empty();
      }
    }
    return Optional.of(
        groups.computeIfAbsent(group, each -> new StreamedGroup(checkpoint, each.name())));
  }

  /// Fails unless the ring can hold each group. All parameters have been loaded.
  void requireRoom() {
    var largest =
        groups.values().stream().map(StreamedGroup::cargo).max(Comparator.comparing(Cargo::bytes));
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
      order = new ArrayList<>(of(Use.ONCE));
      int loop = order.size();
      order.addAll(of(Use.BLOCK));
      var cargos = order.stream().map(StreamedGroup::cargo).toList();
      ring = new Ring(cargos, loop, plan.ringBytes(), device, Reading.OF_FILES);
    }
    return ring;
  }

  private List<StreamedGroup> of(Use use) {
    return groups.entrySet().stream()
        .filter(entry -> entry.getKey().use() == use)
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public void close() {
    if (ring != null) {
      ring.close();
    }
  }
}
