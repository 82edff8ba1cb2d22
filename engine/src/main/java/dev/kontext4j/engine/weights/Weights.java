package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.residency.Group;
import dev.kontext4j.engine.residency.Group.Use;
import dev.kontext4j.engine.residency.Residency;
import java.util.Optional;

/// A place in a checkpoint, as a folder is a place in a file system: layers ask it for their
/// parameters by short names and for the places below it.
///
/// ```java
/// var block = weights.at("double_blocks").at(3);
/// var qkv = block.at("img_attn.qkv").parameter("weight", 3 * width, width);
/// ```
///
/// Loading is strict. A name that is missing or has another shape is remembered, and
/// [#requireComplete()] reports all of them at once, with those that nothing asked for.
public final class Weights {
  private final ParameterSource source;
  private final String prefix;
  private final Group group;
  private final boolean exact;

  private Weights(ParameterSource source, String prefix, Group group, boolean exact) {
    this.source = source;
    this.prefix = prefix;
    this.group = group;
    this.exact = exact;
  }

  /// The root of what a source holds.
  Weights(ParameterSource source) {
    this(source, "", Group.REST, false);
  }

  /// The root of a checkpoint.
  ///
  /// @param dtype the element type that layers see
  /// @param store owns the tensors; close it before the checkpoint
  public static Weights of(
      Checkpoint checkpoint, Layout layout, DType dtype, Device device, Scope store) {
    return new Weights(
        new Loading(checkpoint, layout, Computing.exactly(dtype, device), store, Residency.ALL));
  }

  public Weights at(String name) {
    return new Weights(source, prefix + name + ".", group, exact);
  }

  public Weights at(int index) {
    return at(Integer.toString(index));
  }

  /// The same place as one of the network's blocks. All parameters below it are needed together,
  /// and one block after the other, in the order in which they are loaded.
  public Weights block() {
    return grouped(Use.BLOCK);
  }

  /// The same place, whose parameters are needed together, once, before the blocks; such places one
  /// after the other, in the order in which they are loaded.
  public Weights once() {
    return grouped(Use.ONCE);
  }

  private Weights grouped(Use use) {
    var named = new Group(prefix.substring(0, prefix.length() - 1), use);
    return new Weights(source, prefix, named, exact);
  }

  /// The same place, where nothing is computed in 8 bits, however the weights were opened.
  public Weights exact() {
    return new Weights(source, prefix, group, true);
  }

  /// The parameter of that name, which must have that shape.
  public Parameter parameter(String name, long... shape) {
    return source.parameter(prefix + name, shape, group);
  }

  /// The matrix of that name in numbers of 8 bits, if the weights were opened for them and its
  /// sizes allow it. Else it is a parameter like any other.
  public Optional<EightBitMatrix> eightBits(String name, long rows, long columns) {
    return exact ? Optional.empty() : source.eightBits(prefix + name, rows, columns, group);
  }

  /// Whether there is such a parameter, for parts that only some models have.
  public boolean has(String name) {
    return source.has(prefix + name);
  }

  /// A size of the parameter of that name.
  ///
  /// @throws CheckpointException if there is none: what is there is another kind of model
  public int size(String name, int dimension) {
    long[] shape =
        source
            .shape(prefix + name)
            .filter(found -> dimension < found.length)
            .orElseThrow(() ->
                new CheckpointException(
                    "%s has no %s%s to tell its sizes by; name another file, or put its config.json beside it"
                        .formatted(source, prefix, name)));
    return Math.toIntExact(shape[dimension]);
  }

  /// How many there are of something that is numbered from 0 on.
  ///
  /// @param name of a parameter in each of them
  public int count(String name) {
    int count = 0;
    while (at(count).has(name)) {
      count++;
    }
    return count;
  }

  /// The files, for messages.
  @Override
  public String toString() {
    return source.toString();
  }

  /// Fails unless everything that was asked for is there, and nothing else.
  public void requireComplete() {
    source.requireComplete();
  }
}
