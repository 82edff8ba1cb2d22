package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.file.WeightFile;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.residency.GroupSize;
import dev.kontext4j.engine.residency.Residency;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A network together with what it stands on: the folder's files and the tensors made from them.
/// Closing it frees both.
///
/// ```java
/// try (var vae = AutoEncoder.open(folder, DType.F32, Device.CPU)) {
///   var latent = vae.network().encode(pixels);
/// }
/// ```
public final class ModelPart<N> implements AutoCloseable {
  private final N network;
  private final Loading loading;
  private final Scope store;
  private final Checkpoint checkpoint;

  private ModelPart(N network, Loading loading, Scope store, Checkpoint checkpoint) {
    this.network = network;
    this.loading = loading;
    this.store = store;
    this.checkpoint = checkpoint;
  }

  /// Opens a network's files. Fails unless the weights are those that the network asks for, no more
  /// and no less.
  ///
  /// @param layouts how the files may name the tensors
  /// @param plan which weights stay in memory
  public static <N> ModelPart<N> open(
      PartFiles files,
      List<Layout> layouts,
      Computing computing,
      Residency plan,
      Builder<N> builder) {
    var checkpoint = files.open();
    var store = Scope.store();
    try {
      var config = files.readConfig(checkpoint);
      var layout = Layout.best(layouts, checkpoint.names());
      ForeignPacking.refuse(checkpoint);
      var loading = new Loading(checkpoint, layout, computing, store, plan);
      N network = builder.build(new Weights(loading), config);
      loading.requireComplete();
      loading.requireRoom();
      return new ModelPart<>(network, loading, store, checkpoint);
    } catch (RuntimeException e) {
      store.close();
      checkpoint.close();
      throw e;
    }
  }

  /// As above, with weights that all stay.
  public static <N> ModelPart<N> open(
      PartFiles files, List<Layout> layouts, Computing computing, Builder<N> builder) {
    return open(files, layouts, computing, Residency.ALL, builder);
  }

  public N network() {
    return network;
  }

  /// The files that its weights are in.
  public List<Path> files() {
    return checkpoint.files().stream().map(WeightFile::path).toList();
  }

  /// The shapes of the network's parameters, by its own names.
  public Map<String, long[]> parameters() {
    return loading.shapes();
  }

  /// What the network's groups of parameters take, in the order of loading.
  public List<GroupSize> sizes() {
    return loading.sizes();
  }

  /// Changes weights from now on by an overlay, and by none that was there before. Only weights
  /// that one of the two touches are read anew, each at its next use.
  public void overlay(Overlay overlay) {
    loading.overlay(overlay);
  }

  /// Goes on under another plan. Weights that stay under both are not read again, unless one of the
  /// two lets none come and go. Nothing may hold a tensor of a parameter meanwhile.
  public void follow(Residency plan) {
    loading.follow(plan);
  }

  /// Frees, until they are used again, all blocks from that number on, and what the others pass
  /// through.
  public void rest(int from) {
    loading.rest(from);
  }

  @Override
  public void close() {
    loading.close();
    store.close();
    checkpoint.close();
  }

  /// Makes a network of its weights and its config; without one, the weights' shapes must do.
  @FunctionalInterface
  public interface Builder<N> {
    N build(Weights weights, Optional<ModelConfig> config);
  }
}
