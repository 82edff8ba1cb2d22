package dev.kontext4j.engine.weights;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.safetensors.Checkpoint;
import java.nio.file.Path;
import java.util.List;

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
  private final Scope store;
  private final Checkpoint checkpoint;

  private ModelPart(N network, Scope store, Checkpoint checkpoint) {
    this.network = network;
    this.store = store;
    this.checkpoint = checkpoint;
  }

  /// Opens a folder with a `config.json` and weights. Fails unless the weights are those that the
  /// network asks for, no more and no less.
  ///
  /// @param layouts how the files may name the tensors
  public static <N> ModelPart<N> open(
      Path folder, List<Layout> layouts, DType dtype, Device device, Builder<N> builder) {
    var config = ModelConfig.read(folder.resolve("config.json"));
    var checkpoint = Checkpoint.open(folder);
    var store = Scope.store();
    try {
      var layout = Layout.best(layouts, checkpoint.names());
      var weights = Weights.of(checkpoint, layout, dtype, device, store);
      N network = builder.build(weights, config);
      weights.requireComplete();
      return new ModelPart<>(network, store, checkpoint);
    } catch (RuntimeException e) {
      store.close();
      checkpoint.close();
      throw e;
    }
  }

  public N network() {
    return network;
  }

  @Override
  public void close() {
    store.close();
    checkpoint.close();
  }

  /// Makes a network of its weights and its config.
  @FunctionalInterface
  public interface Builder<N> {
    N build(Weights weights, ModelConfig config);
  }
}
