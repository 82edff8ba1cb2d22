package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.nn.Linear;
import dev.kontext4j.engine.quant.Precision;
import dev.kontext4j.engine.residency.GroupSize;
import dev.kontext4j.engine.residency.Residency;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.engine.weights.Outline;
import dev.kontext4j.engine.weights.PartFiles;
import dev.kontext4j.engine.weights.Storage;
import dev.kontext4j.engine.weights.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The network that says, for noise tokens at some step, in which direction the picture lies.
///
/// What does not change from step to step is made once by [#modulations], [#text], [#image] and
/// [#rope], and handed to [#velocity] at every step.
public final class FluxTransformer {
  private final FluxConfig config;
  private final DType dtype;
  private final Device device;
  private final Linear imgIn;
  private final Linear txtIn;
  private final MlpEmbedder timeIn;
  private final @Nullable MlpEmbedder guidanceIn;
  private final MlpEmbedder vectorIn;
  private final List<DoubleStreamBlock> doubleBlocks;
  private final List<SingleStreamBlock> singleBlocks;
  private final FinalLayer finalLayer;

  /// Asks the weights for every parameter; whether they are all there the caller finds out with
  /// [Weights#requireComplete()].
  ///
  /// @param dtype the element type of the weights
  public FluxTransformer(Weights weights, FluxConfig config, DType dtype, Device device) {
    this.config = config;
    this.dtype = dtype;
    this.device = device;
    int d = config.width();
    imgIn = Linear.load(weights.at("img_in"), config.inChannels(), d);
    txtIn = Linear.load(weights.at("txt_in"), config.textWidth(), d);
    timeIn = MlpEmbedder.load(weights.at("time_in"), Sinusoids.WIDTH, config);
    guidanceIn =
        config.guidance()
            ? MlpEmbedder.load(weights.at("guidance_in"), Sinusoids.WIDTH, config)
            : null;
    vectorIn = MlpEmbedder.load(weights.at("vector_in"), config.pooledWidth(), config);
    doubleBlocks =
        IntStream.range(0, config.doubleBlocks())
            .mapToObj(
                i -> DoubleStreamBlock.load(weights.at("double_blocks").at(i).block(), config))
            .toList();
    singleBlocks =
        IntStream.range(0, config.singleBlocks())
            .mapToObj(i -> SingleStreamBlock.load(singleBlock(weights, i), config))
            .toList();
    finalLayer = FinalLayer.load(weights.at("final_layer"), config);
  }

  /// The last one's errors go straight into what comes out: it makes a quarter of all that 8 bits
  /// cost on the embedded model (docs/measurements.md), and is the cheapest one.
  private Weights singleBlock(Weights weights, int number) {
    var block = weights.at("single_blocks").at(number).block();
    return number == config.singleBlocks() - 1 ? block.exact() : block;
  }

  /// Opens the files of a transformer, which may name its tensors in any of the known ways.
  ///
  /// @param precision of the blocks' linear layers, but for modulations and the last block
  /// @param plan which of the weights stay in memory
  public static ModelPart<FluxTransformer> open(
      PartFiles files, DType dtype, Precision precision, Device device, Residency plan) {
    return ModelPart.open(
        files,
        FluxLayouts.ALL,
        dtype,
        precision,
        device,
        plan,
        (weights, config) ->
            new FluxTransformer(
                weights,
                config.map(FluxConfig::read).orElseGet(() -> FluxConfig.of(weights)),
                dtype,
                device));
  }

  /// As above, computing exactly.
  public static ModelPart<FluxTransformer> open(
      PartFiles files, DType dtype, Device device, Residency plan) {
    return open(files, dtype, Precision.EXACT, device, plan);
  }

  /// As above, with weights that all stay.
  public static ModelPart<FluxTransformer> open(PartFiles files, DType dtype, Device device) {
    return open(files, dtype, device, Residency.ALL);
  }

  /// Opens a folder with weights and a `config.json`.
  public static ModelPart<FluxTransformer> open(Path folder, DType dtype, Device device) {
    return open(PartFiles.folder(folder), dtype, device);
  }

  /// The shapes of the published model's parameters, by the network's names.
  public static Map<String, long[]> publishedParameters() {
    return Outline.of(
        weights -> new FluxTransformer(weights, FluxConfig.PUBLISHED, DType.BF16, Device.CPU));
  }

  /// What the published model's groups of parameters take.
  public static List<GroupSize> publishedSizes(Storage storage, DType dtype) {
    return Outline.sizes(
        weights -> new FluxTransformer(weights, FluxConfig.PUBLISHED, dtype, Device.CPU),
        storage,
        dtype);
  }

  public FluxConfig config() {
    return config;
  }

  /// The modulations of all steps. They belong to the innermost open scope.
  ///
  /// @param timesteps of every step, 1000 (all noise) down to 0
  /// @param pooled CLIP's pooled output: (1, P)
  public Modulations modulations(float[] timesteps, float guidance, Tensor pooled) {
    try (var scope = Scope.open()) {
      var activated = vec(timesteps, guidance, pooled).silu(); // (S, D)
      var all =
          new Modulations(
              doubleBlocks.stream().map(block -> block.modulations(activated)).toList(),
              singleBlocks.stream().map(block -> block.modulations(activated)).toList(),
              finalLayer.modulations(activated));
      all.forEachTensor(scope::keep);
      return all;
    }
  }

  /// The conditioning vector of every step: (S, D).
  Tensor vec(float[] timesteps, float guidance, Tensor pooled) {
    return Scope.tidy(() -> {
      var times = new float[timesteps.length];
      for (int i = 0; i < times.length; i++) {
        times[i] = Sinusoids.time(timesteps[i], dtype);
      }
      var vec = timeIn.forward(features(times));
      if (guidanceIn != null) {
        float[] strength = {Sinusoids.guidance(guidance, dtype)};
        vec = vec.add(guidanceIn.forward(features(strength)));
      }
      return vec.add(vectorIn.forward(pooled));
    });
  }

  private Tensor features(float[] numbers) {
    return Scope.tidy(() -> Sinusoids.of(numbers).to(dtype).to(device));
  }

  /// T5's states (B, Lt, W) as the text stream (B, Lt, D).
  public Tensor text(Tensor states) {
    return txtIn.forward(states);
  }

  /// Latent tokens (B, n, C) as a part of the image stream (B, n, D).
  public Tensor image(Tensor tokens) {
    return imgIn.forward(tokens);
  }

  /// The position table for text tokens, then image tokens.
  public Rope rope(int textTokens, List<Position> image) {
    var positions = new ArrayList<Position>(textTokens + image.size());
    positions.addAll(Collections.nCopies(textTokens, Position.TEXT));
    positions.addAll(image);
    return Rope.of(positions, config.ropeAxes(), device);
  }

  /// The velocity of the noise tokens: (B, Ln, C) to the same.
  ///
  /// @param references what [#image] made of the reference tokens, if there are any: (B, Lr, D)
  /// @param txt what [#text] made of the prompt
  /// @param rope positions of text, noise, references
  public Tensor velocity(
      Tensor noise,
      @Nullable Tensor references,
      Tensor txt,
      Modulations modulations,
      int step,
      Rope rope) {
    try (var scope = Scope.open()) {
      var stream = doubleBlocks(imageStream(noise, references), txt, modulations, step, rope);
      var x = singleBlocks(stream, txt.size(1), noise.size(1), modulations, step, rope);
      return scope.keep(finalLayer.forward(x, modulations.finalLayer.step(step)));
    }
  }

  /// Noise tokens, then the references': (B, Li, D).
  private Tensor imageStream(Tensor noise, @Nullable Tensor references) {
    return Scope.tidy(
        () -> references == null ? image(noise) : Tensor.cat(List.of(image(noise), references), 1));
  }

  /// Both streams behind the last double block, joined: (B, L, D).
  ///
  /// @param img is not needed any more behind the first block, and freed there
  private Tensor doubleBlocks(
      Tensor img, Tensor txt, Modulations modulations, int step, Rope rope) {
    try (var scope = Scope.open()) {
      var tokens = new Tokens(scope.adopt(img), txt);
      for (int i = 0; i < doubleBlocks.size(); i++) {
        var next = doubleBlocks.get(i).forward(tokens, modulations.doubleBlocks.get(i), step, rope);
        scope.drop(tokens.img());
        scope.drop(tokens.txt());
        tokens = next;
      }
      return scope.keep(tokens.joined());
    }
  }

  /// The noise tokens behind the last block: (B, Ln, D).
  private Tensor singleBlocks(
      Tensor x, long textTokens, long noiseTokens, Modulations modulations, int step, Rope rope) {
    if (singleBlocks.isEmpty()) {
      return x.narrow(1, textTokens, noiseTokens);
    }
    try (var scope = Scope.open()) {
      int last = singleBlocks.size() - 1;
      for (int i = 0; i < last; i++) {
        var next = singleBlocks.get(i).forward(x, modulations.singleBlocks.get(i).step(step), rope);
        scope.drop(x);
        x = next;
      }
      var mod = modulations.singleBlocks.get(last).step(step);
      return scope.keep(singleBlocks.get(last).forward(x, mod, rope, textTokens, noiseTokens));
    }
  }
}
