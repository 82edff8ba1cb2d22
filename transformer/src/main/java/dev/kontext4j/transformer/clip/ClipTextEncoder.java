package dev.kontext4j.transformer.clip;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.nn.Embedding;
import dev.kontext4j.engine.nn.LayerNorm;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.engine.weights.Outline;
import dev.kontext4j.engine.weights.PartFiles;
import dev.kontext4j.engine.weights.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// CLIP's text encoder. FLUX takes one vector of a prompt from it: the state of the token that ends
/// the text, which has seen all tokens before it.
public final class ClipTextEncoder {
  private final Embedding tokens;
  private final Embedding positions;
  private final List<ClipLayer> layers;
  private final LayerNorm finalNorm;
  private final EndOfText endOfText;

  ClipTextEncoder(Weights weights, ClipConfig config) {
    var embeddings = weights.at("embeddings");
    int d = config.width();
    tokens = Embedding.load(embeddings.at("token_embedding"), config.vocabulary(), d);
    positions = Embedding.load(embeddings.at("position_embedding"), config.positions(), d);
    layers =
        IntStream.range(0, config.layers())
            .mapToObj(i -> ClipLayer.load(weights.at("encoder").at("layers").at(i), config))
            .toList();
    finalNorm = LayerNorm.load(weights.at("final_layer_norm"), d, config.eps());
    endOfText = new EndOfText(config.eosToken());
  }

  /// Opens the files of a text encoder.
  public static ModelPart<ClipTextEncoder> open(PartFiles files, Computing computing) {
    return ModelPart.open(
        files,
        ClipLayouts.ALL,
        computing,
        (weights, config) ->
            new ClipTextEncoder(
                weights, config.map(ClipConfig::read).orElseGet(() -> ClipConfig.of(weights))));
  }

  /// Opens a folder with weights and a `config.json`.
  public static ModelPart<ClipTextEncoder> open(Path folder, DType dtype, Device device) {
    return open(PartFiles.folder(folder), Computing.exactly(dtype, device));
  }

  /// The shapes of the published encoder's parameters, by the network's names.
  public static Map<String, long[]> publishedParameters() {
    return Outline.of(weights -> new ClipTextEncoder(weights, ClipConfig.PUBLISHED));
  }

  /// One vector for each prompt: (B, D).
  ///
  /// @param ids of each prompt, all padded to the same length
  public Tensor pooled(List<long[]> ids) {
    return Scope.tidy(() -> {
      var states = states(ids);
      var rows = new ArrayList<Tensor>();
      for (int prompt = 0; prompt < ids.size(); prompt++) {
        var ofPrompt = states.narrow(0, prompt, 1);
        rows.add(ofPrompt.narrow(1, endOfText.in(ids.get(prompt)), 1).reshape(1, -1));
      }
      return Tensor.cat(rows, 0);
    });
  }

  /// The states behind the final norm: (B, L, D).
  Tensor states(List<long[]> ids) {
    try (var scope = Scope.open()) {
      int length = ids.getFirst().length;
      long[] places = IntStream.range(0, length).asLongStream().toArray();
      var x = tokens.forward(ids).add(positions.forward(List.of(places)));
      var mask = causalMask(length, x);
      for (ClipLayer layer : layers) {
        var next = layer.forward(x, mask);
        scope.drop(x);
        x = next;
      }
      return scope.keep(finalNorm.forward(x));
    }
  }

  /// What keeps a token from attending to later ones: (1, 1, L, L), of the kind of `like`.
  private static Tensor causalMask(int length, Tensor like) {
    var values = new float[length * length];
    for (int query = 0; query < length; query++) {
      int row = query * length;
      Arrays.fill(values, row + query + 1, row + length, Float.NEGATIVE_INFINITY);
    }
    return Scope.tidy(
        () -> Tensor.of(values, 1, 1, length, length).to(like.dtype()).to(like.device()));
  }
}
