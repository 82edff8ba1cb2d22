package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.nn.Linear;
import dev.kontext4j.engine.quant.Computing;
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
  private final Blocks blocks;
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
    blocks = Blocks.load(weights, config);
    finalLayer = FinalLayer.load(weights.at("final_layer"), config);
  }

  /// Opens the files of a transformer, which may name its tensors in any of the known ways.
  ///
  /// @param computing its precision is that of the blocks' linear layers, but for modulations and
  ///   the last block
  /// @param plan which of the weights stay in memory
  public static ModelPart<FluxTransformer> open(
      PartFiles files, Computing computing, Residency plan) {
    return ModelPart.open(
        files,
        FluxLayouts.ALL,
        computing,
        plan,
        (weights, config) ->
            new FluxTransformer(
                weights,
                config.map(FluxConfig::read).orElseGet(() -> FluxConfig.of(weights)),
                computing.dtype(),
                computing.device()));
  }

  /// As above, with weights that all stay.
  public static ModelPart<FluxTransformer> open(PartFiles files, Computing computing) {
    return open(files, computing, Residency.ALL);
  }

  /// Opens a folder with weights and a `config.json`.
  public static ModelPart<FluxTransformer> open(Path folder, DType dtype, Device device) {
    return open(PartFiles.folder(folder), Computing.exactly(dtype, device));
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
              blocks.doubles().stream().map(block -> block.modulations(activated)).toList(),
              blocks.singles().stream().map(block -> block.modulations(activated)).toList(),
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
  /// @param shortcuts what may be taken from earlier steps
  public Tensor velocity(
      Tensor noise,
      @Nullable Tensor references,
      Tensor txt,
      Modulations modulations,
      int step,
      Rope rope,
      Shortcuts shortcuts) {
    try (var scope = Scope.open()) {
      var others = shortcuts.references(references, modulations, step, blocks);
      var in = new Tokens(Scope.tidy(() -> others.behind(image(noise))), txt);
      var places = rope.of(0, txt.size(1) + in.img().size(1));
      var at = new Moment(modulations, step, places, noise.size(1), others.keys());
      var x = shortcuts.through(blocks, in, at);
      return scope.keep(finalLayer.forward(x, modulations.finalLayer.step(step)));
    }
  }
}
