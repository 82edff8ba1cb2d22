package dev.kontext4j.transformer.t5;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.nn.Embedding;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.residency.GroupSize;
import dev.kontext4j.engine.residency.Residency;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.engine.weights.Outline;
import dev.kontext4j.engine.weights.PartFiles;
import dev.kontext4j.engine.weights.Storage;
import dev.kontext4j.engine.weights.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// T5's encoder. FLUX gives it no mask: padding takes part like any token.
///
/// In f16 the reference would keep some weights in f32; this computes in f32 or bf16.
public final class T5Encoder {
  private final Embedding tokens;
  private final RelativePositions positions;
  private final List<T5Block> blocks;
  private final T5Norm finalNorm;
  private final StatesMemory memory;

  T5Encoder(Weights weights, T5Config config) {
    memory = StatesMemory.of(config);
    var encoder = weights.at("encoder");
    tokens = Embedding.load(weights.at("shared"), config.vocabulary(), config.width());
    positions = RelativePositions.load(encoder.at(T5Layouts.POSITION_BIAS), config);
    blocks =
        IntStream.range(0, config.layers())
            .mapToObj(i -> T5Block.load(encoder.at("block").at(i).block(), config))
            .toList();
    finalNorm = T5Norm.load(encoder.at("final_layer_norm"), config);
  }

  /// Opens the files of a T5 encoder.
  ///
  /// @param plan which of the weights stay in memory
  public static ModelPart<T5Encoder> open(PartFiles files, Computing computing, Residency plan) {
    return ModelPart.open(
        files,
        T5Layouts.ALL,
        computing,
        plan,
        (weights, config) ->
            new T5Encoder(
                weights, config.map(T5Config::read).orElseGet(() -> T5Config.of(weights))));
  }

  /// As above, with weights that all stay.
  public static ModelPart<T5Encoder> open(PartFiles files, Computing computing) {
    return open(files, computing, Residency.ALL);
  }

  /// Opens a folder with weights and a `config.json`.
  public static ModelPart<T5Encoder> open(Path folder, DType dtype, Device device) {
    return open(PartFiles.folder(folder), Computing.exactly(dtype, device));
  }

  /// The shapes of the published encoder's parameters, by the network's names.
  public static Map<String, long[]> publishedParameters() {
    return Outline.of(weights -> new T5Encoder(weights, T5Config.PUBLISHED));
  }

  /// What the published encoder's groups of parameters take.
  public static List<GroupSize> publishedSizes(Storage storage, DType dtype) {
    return Outline.sizes(weights -> new T5Encoder(weights, T5Config.PUBLISHED), storage, dtype);
  }

  /// What [#states] takes.
  public StatesMemory memory() {
    return memory;
  }

  /// A state for every token: (B, L, D).
  ///
  /// @param ids of each prompt, all padded to the same length
  public Tensor states(List<long[]> ids) {
    try (var scope = Scope.open()) {
      var x = tokens.forward(ids);
      var bias = positions.bias(ids.getFirst().length);
      for (T5Block block : blocks) {
        var next = block.forward(x, bias);
        scope.drop(x);
        x = next;
      }
      return scope.keep(finalNorm.forward(x));
    }
  }
}
