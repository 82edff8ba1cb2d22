package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.checkpoint.ReadBytes;
import dev.kontext4j.engine.checkpoint.StoredBytes;
import dev.kontext4j.engine.residency.Cargo;
import dev.kontext4j.engine.residency.Group;
import dev.kontext4j.engine.residency.GroupSize;
import dev.kontext4j.engine.residency.Residency;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/// The loading of one model: what was asked for, and what was wrong with it. Only headers are read
/// here; data is read when a parameter is first used.
final class Loading implements ParameterSource {
  private static final int SHOWN = 20;

  /// Stands for what is not there, until [#requireComplete()] says so.
  private static final Parameter MISSING =
      () -> {
        throw new IllegalStateException("a parameter that is missing was used");
      };

  private final Checkpoint checkpoint;
  private final Packings packings;
  private final Layout layout;
  private final DType dtype;
  private final Device device;
  private final Scope store;
  private final Set<String> asked = new LinkedHashSet<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> misshapen = new ArrayList<>();
  private final List<Named> parameters = new ArrayList<>();
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final StoredBytes staying;
  private final Streaming streaming;
  private final Map<Group, GroupSize> sizes = new LinkedHashMap<>();
  private Overlay overlay = Overlay.NONE;

  private record Named(String name, Parameter parameter) {}

  /// Where nothing comes and goes, what stays is the mapped files; beside a ring it is read, so
  /// that a file that is cut short meanwhile is an error whichever weight it hits.
  Loading(
      Checkpoint checkpoint,
      Layout layout,
      DType dtype,
      Device device,
      Scope store,
      Residency plan) {
    this.checkpoint = checkpoint;
    this.staying = plan.streams() ? new ReadBytes(checkpoint) : checkpoint;
    this.streaming = new Streaming(checkpoint, device, plan);
    this.packings = new Packings(checkpoint);
    this.layout = layout;
    this.dtype = dtype;
    this.device = device;
    this.store = store;
  }

  @Override
  public boolean has(String name) {
    return checkpoint.names().containsAll(layout.storedAs(name).names());
  }

  @Override
  public Optional<long[]> shape(String name) {
    var stored = layout.storedAs(name).names();
    if (!checkpoint.names().containsAll(stored)) {
      return Optional.empty();
    }
    long[] shape = packings.shape(stored.getFirst());
    long rows = stored.stream().map(packings::shape).mapToLong(each -> rows(each)).sum();
    return Optional.of(shape).filter(each -> each.length > 0).map(each -> withRows(each, rows));
  }

  private static long rows(long[] shape) {
    return shape.length == 0 ? 1 : shape[0];
  }

  private static long[] withRows(long[] shape, long rows) {
    long[] changed = shape.clone();
    changed[0] = rows;
    return changed;
  }

  @Override
  public Parameter parameter(String name, long[] shape, Group group) {
    var stored = layout.storedAs(name);
    asked.addAll(stored.names());
    if (!allThere(stored.names())) {
      return MISSING;
    }
    requireShape(stored.names(), shape);
    stored
        .names()
        .forEach(
            each -> packings.of(each).ifPresent(packing -> asked.addAll(packing.companions())));
    var change = changeOf(name);
    var parameter =
        streaming
            .comesAndGoes(group)
            .map(streamed -> streamed(streamed, stored, shape, change))
            .orElseGet(() -> made(staying, stored, shape, change));
    parameters.add(new Named(name, parameter));
    shapes.put(name, shape);
    sizes.merge(group, size(group, stored, shape), GroupSize::plus);
    return parameter;
  }

  private GroupSize size(Group group, Layout.StoredAs stored, long[] shape) {
    long inFiles = stored.names().stream().flatMap(packings::sources).mapToLong(this::room).sum();
    long asNumbers = LongStream.of(shape).reduce(dtype.bytes(), Math::multiplyExact);
    if (stored.names().stream().allMatch(packings::staysPacked)) {
      return new GroupSize(group, inFiles, inFiles, 0);
    }
    boolean asStored =
        stored.names().size() == 1
            && !stored.swapHalves()
            && packings.of(stored.names().getFirst()).isEmpty()
            && checkpoint.entry(stored.names().getFirst()).dtype().equals(Optional.of(dtype));
    return new GroupSize(group, inFiles, asNumbers, asStored ? 0 : asNumbers);
  }

  private long room(String name) {
    return Cargo.room(checkpoint.entry(name));
  }

  /// What each group takes, in the order of loading.
  List<GroupSize> sizes() {
    return List.copyOf(sizes.values());
  }

  private Parameter streamed(
      StreamedGroup group, Layout.StoredAs stored, long[] shape, StoredParameter.Change change) {
    var here = made(group, stored, shape, change);
    group.add(here, stored.names().stream().flatMap(packings::sources).toList());
    return new StreamedParameter(streaming, group, here);
  }

  /// @param source where the stored bytes are taken from
  private Parameter made(
      StoredBytes source, Layout.StoredAs stored, long[] shape, StoredParameter.Change change) {
    var tensors = new StoredTensors(source, packings, device);
    var sizes = LongStream.of(shape).boxed().toList();
    var kept = new StoredParameter(new StoredWeight(tensors, stored, sizes), dtype, store, change);
    return stored.names().stream().allMatch(packings::staysPacked)
        ? new PackedParameter(
            stored.names().stream().map(each -> tensors.packed(each, store)).toList(),
            stored.swapHalves(),
            dtype,
            sizes,
            change,
            new RepackedParameter(kept, change))
        : kept;
  }

  /// The change of one parameter, whichever overlay there will be when it is read.
  private StoredParameter.Change changeOf(String name) {
    return () ->
        overlay.touches(name)
            ? Optional.of(new StoredParameter.Changed(overlay, name))
            : Optional.empty();
  }

  /// Fails unless the plan can be kept to. Everything has been asked for.
  void requireRoom() {
    streaming.requireRoom();
  }

  /// Ends what reads ahead; before the tensors and the files are closed.
  void close() {
    streaming.close();
  }

  /// The shapes of all parameters that were asked for, by the network's names.
  Map<String, long[]> shapes() {
    return Collections.unmodifiableMap(shapes);
  }

  /// From now on weights are changed by this. What neither the old nor the new one touches stays as
  /// it was read.
  void overlay(Overlay next) {
    Overlay before = overlay;
    overlay = next;
    for (Named named : parameters) {
      if (before.touches(named.name) || next.touches(named.name)) {
        named.parameter.release();
      }
    }
  }

  private boolean allThere(List<String> names) {
    var absent = names.stream().filter(name -> checkpoint.find(name).isEmpty()).toList();
    missing.addAll(absent);
    return absent.isEmpty();
  }

  /// Tensors laid one below the other must agree in all but their number of rows.
  private void requireShape(List<String> names, long[] shape) {
    long rows = 0;
    for (String name : names) {
      long[] found = packings.shape(name);
      boolean fits =
          names.size() == 1
              ? Arrays.equals(withoutOnes(found), withoutOnes(shape))
              : found.length == shape.length && equalBelowRows(found, shape);
      if (!fits) {
        misshapen.add(
            name + " is " + Arrays.toString(found) + ", expected " + Arrays.toString(shape));
        return;
      }
      rows += found.length == 0 ? 0 : found[0];
    }
    if (names.size() > 1 && rows != shape[0]) {
      misshapen.add(String.join(" + ", names) + " have " + rows + " rows, expected " + shape[0]);
    }
  }

  /// A 1x1 convolution is as good as a matrix, and some writers leave sizes of 1 out.
  private static long[] withoutOnes(long[] shape) {
    return LongStream.of(shape).filter(size -> size != 1).toArray();
  }

  private static boolean equalBelowRows(long[] found, long[] shape) {
    return Arrays.equals(found, 1, found.length, shape, 1, shape.length);
  }

  @Override
  public void requireComplete() {
    var unexpected =
        checkpoint.names().stream()
            .filter(
                name -> !asked.contains(name) && !layout.ignores(name) && !packings.isMarker(name))
            .toList();
    var problems = new ArrayList<String>();
    addProblem(problems, "missing", missing);
    addProblem(problems, "of another shape", misshapen);
    addProblem(problems, "unexpected", unexpected);
    if (!problems.isEmpty()) {
      throw new CheckpointException(
          checkpoint.path()
              + " does not hold "
              + layout.title()
              + " in these sizes: "
              + String.join("; ", problems)
              + ". Check that config and weights belong together, or fetch the model again");
    }
  }

  /// The files, for messages.
  @Override
  public String toString() {
    return checkpoint.path().toString();
  }

  private static void addProblem(List<String> problems, String kind, List<String> names) {
    if (names.isEmpty()) {
      return;
    }
    String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    String rest = names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "";
    problems.add(names.size() + " " + kind + " (" + shown + rest + ")");
  }
}
