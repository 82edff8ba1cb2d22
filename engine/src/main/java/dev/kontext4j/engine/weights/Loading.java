package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.checkpoint.ReadBytes;
import dev.kontext4j.engine.checkpoint.StoredBytes;
import dev.kontext4j.engine.quant.Computing;
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
import java.util.function.Function;
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
  private final Computing computing;
  private final Scope store;
  private final Set<String> asked = new LinkedHashSet<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> misshapen = new ArrayList<>();
  private final List<Named> parameters = new ArrayList<>();
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final StoredBytes staying;
  private final Streaming streaming;
  private final GroupSizes sizes;
  private Overlay overlay = Overlay.NONE;

  private record Named(String name, Parameter parameter) {}

  Loading(Checkpoint checkpoint, Layout layout, Computing computing, Scope store, Residency plan) {
    this.checkpoint = checkpoint;
    this.streaming = new Streaming(checkpoint, computing.device(), plan);
    this.staying = new StayingBytes(checkpoint, new ReadBytes(checkpoint), streaming);
    this.packings = new Packings(checkpoint);
    this.layout = layout;
    this.sizes = new GroupSizes(checkpoint, packings, computing.dtype());
    this.computing = computing;
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
    if (!isThere(name, stored, shape)) {
      return MISSING;
    }
    sizes.add(group, stored, shape);
    var change = changeOf(name);
    var stays = made(staying, stored, shape, change);
    return known(
        name,
        streaming
            .mayComeAndGo(group)
            .map(it -> planned(it, stored, made(it, stored, shape, change), stays))
            .orElse(stays));
  }

  @Override
  public Optional<EightBitMatrix> eightBits(String name, long rows, long columns, Group group) {
    return computing
        .precision()
        .numbersFor(rows, columns)
        .map(numbers -> eightBits(name, numbers, rows, columns, group));
  }

  private EightBitMatrix eightBits(
      String name, DType numbers, long rows, long columns, Group group) {
    var stored = layout.storedAs(name);
    long[] shape = {rows, columns};
    if (!isThere(name, stored, shape)) {
      return new EightBitMatrix(MISSING, MISSING);
    }
    sizes.addEightBits(group, stored, numbers, rows, columns);
    var change = changeOf(name);
    Function<StoredBytes, EightBitMatrix> made =
        source -> {
          var weight = new StoredWeight(tensors(source), stored, List.of(rows, columns));
          return new EightBitWeight(weight, numbers, store, change).matrix();
        };
    var stays = made.apply(staying);
    var matrix =
        streaming
            .mayComeAndGo(group)
            .map(it -> planned(it, stored, made.apply(it), stays))
            .orElse(stays);
    return new EightBitMatrix(known(name, matrix.numbers()), matrix.scales());
  }

  /// Whether a parameter is there. What is wrong is told by [#requireComplete()].
  private boolean isThere(String name, Layout.StoredAs stored, long[] shape) {
    asked.addAll(stored.names());
    if (!allThere(stored.names())) {
      return false;
    }
    requireShape(stored.names(), shape);
    stored
        .names()
        .forEach(
            each -> packings.of(each).ifPresent(packing -> asked.addAll(packing.companions())));
    shapes.put(name, shape);
    return true;
  }

  /// What each group takes, in the order of loading.
  List<GroupSize> sizes() {
    return sizes.all();
  }

  private Parameter known(String name, Parameter parameter) {
    parameters.add(new Named(name, parameter));
    return parameter;
  }

  /// @param here the parameter while its group is here, having come
  /// @param stays the parameter under a plan by which it does
  private Parameter planned(
      StreamedGroup group, Layout.StoredAs stored, Parameter here, Parameter stays) {
    group.add(here, stays, stored.names().stream().flatMap(packings::sources).toList());
    return new PlannedParameter(streaming, group, here, stays);
  }

  /// The numbers bring the scales along, and send them away.
  private EightBitMatrix planned(
      StreamedGroup group, Layout.StoredAs stored, EightBitMatrix here, EightBitMatrix stays) {
    return new EightBitMatrix(
        planned(group, stored, here.numbers(), stays.numbers()),
        new PlannedParameter(streaming, group, here.scales(), stays.scales()));
  }

  /// @param source where the stored bytes are taken from
  private Parameter made(
      StoredBytes source, Layout.StoredAs stored, long[] shape, StoredParameter.Change change) {
    var tensors = tensors(source);
    var lengths = LongStream.of(shape).boxed().toList();
    var kept =
        new StoredParameter(
            new StoredWeight(tensors, stored, lengths), computing.dtype(), store, change);
    return stored.names().stream().allMatch(packings::staysPacked)
        ? new PackedParameter(
            stored.names().stream().map(each -> tensors.packed(each, store)).toList(),
            stored.swapHalves(),
            computing.dtype(),
            lengths,
            change,
            new RepackedParameter(kept, change))
        : kept;
  }

  private StoredTensors tensors(StoredBytes source) {
    return new StoredTensors(source, packings, computing.device());
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

  /// Goes on under another plan. Between mapped files and such as are read, nothing can be kept.
  void follow(Residency plan) {
    if (plan.streams() != streaming.streams()) {
      parameters.forEach(named -> named.parameter.release());
    }
    streaming.follow(plan);
  }

  /// Frees blocks from that number on until they are used again.
  void rest(int from) {
    streaming.rest(from);
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
