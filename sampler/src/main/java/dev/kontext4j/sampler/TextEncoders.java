package dev.kontext4j.sampler;

import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.residency.Residency;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.engine.weights.Overlay;
import dev.kontext4j.sampler.plan.TextSizes;
import dev.kontext4j.tokenizer.ClipTokenizer;
import dev.kontext4j.tokenizer.PromptTokenizer;
import dev.kontext4j.tokenizer.T5Tokenizer;
import dev.kontext4j.tokenizer.TokenIds;
import dev.kontext4j.transformer.clip.ClipTextEncoder;
import dev.kontext4j.transformer.t5.T5Encoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Prompts to what the transformer is told of them. The tokenizers stay until this is closed; each
/// encoder is opened, used for all prompts of a run, and closed before the next: T5 alone is larger
/// than all else but the transformer.
final class TextEncoders implements AutoCloseable {
  private final ModelFiles model;
  private final Computing computing;
  private final PromptTokenizer clip;
  private final PromptTokenizer t5;
  private final Map<String, long[]> clipParameters;
  private final Map<String, long[]> t5Parameters;
  private final TextSizes sizes;
  private Overlay clipOverlay = Overlay.NONE;
  private Overlay t5Overlay = Overlay.NONE;

  private TextEncoders(
      ModelFiles model,
      Computing computing,
      Map<String, long[]> clipParameters,
      Map<String, long[]> t5Parameters,
      TextSizes sizes,
      PromptTokenizer clip,
      PromptTokenizer t5) {
    this.model = model;
    this.computing = computing;
    this.clipParameters = clipParameters;
    this.t5Parameters = t5Parameters;
    this.sizes = sizes;
    this.clip = clip;
    this.t5 = t5;
  }

  /// What the transformer is told of a prompt.
  ///
  /// @param pooled by CLIP: (1, P)
  /// @param states by T5: (1, Lt, W)
  record Conditioning(Tensor pooled, Tensor states) {}

  /// Opens the tokenizers, and looks whether the encoders are whole: what is wrong with a model is
  /// to be known before any work, so their headers are read here and not their weights.
  static TextEncoders open(ModelFiles model, PartsFit fit, Computing computing) {
    try (var clip = ClipTextEncoder.open(model.part(PartKind.CLIP), computing);
        var t5 = T5Encoder.open(model.part(PartKind.T5), computing)) {
      fit.require(clip.parameters(), t5.parameters());
      return open(model, computing, clip.parameters(), t5.parameters(), TextSizes.of(clip, t5));
    }
  }

  private static TextEncoders open(
      ModelFiles model,
      Computing computing,
      Map<String, long[]> clipParameters,
      Map<String, long[]> t5Parameters,
      TextSizes sizes) {
    var clip = ClipTokenizer.open(model.tokenizers().clip());
    try {
      var t5 = T5Tokenizer.open(model.tokenizers().t5());
      return new TextEncoders(model, computing, clipParameters, t5Parameters, sizes, clip, t5);
    } catch (RuntimeException e) {
      clip.close();
      throw e;
    }
  }

  private ModelPart<ClipTextEncoder> clipEncoder() {
    var encoder = ClipTextEncoder.open(model.part(PartKind.CLIP), computing);
    encoder.overlay(clipOverlay);
    return encoder;
  }

  private ModelPart<T5Encoder> t5Encoder(Residency plan) {
    var encoder = T5Encoder.open(model.part(PartKind.T5), computing, plan);
    encoder.overlay(t5Overlay);
    return encoder;
  }

  Map<String, long[]> clipParameters() {
    return clipParameters;
  }

  Map<String, long[]> t5Parameters() {
    return t5Parameters;
  }

  /// What both encoders take.
  TextSizes sizes() {
    return sizes;
  }

  /// From now on the encoders' weights are changed by these.
  void overlay(Overlay ofClip, Overlay ofT5) {
    clipOverlay = ofClip;
    t5Overlay = ofT5;
  }

  /// The prompts' conditionings, in the innermost open scope.
  ///
  /// @param t5Plan which of T5's weights stay meanwhile
  List<Conditioning> encode(
      List<Prompt> prompts, OptionalInt maxTokens, Residency t5Plan, Progress progress) {
    var pooled = pooled(prompts, progress);
    var states = states(prompts, maxTokens, t5Plan, progress);
    var all = new ArrayList<Conditioning>();
    for (int i = 0; i < prompts.size(); i++) {
      all.add(new Conditioning(pooled.get(i), states.get(i)));
    }
    return all;
  }

  private List<Tensor> pooled(List<Prompt> prompts, Progress progress) {
    try (var encoder = clipEncoder()) {
      return prompts.stream()
          .map(prompt -> ids("CLIP", clip.encode(prompt.clip()), progress))
          .map(ids -> encoder.network().pooled(List.of(ids)))
          .toList();
    }
  }

  private List<Tensor> states(
      List<Prompt> prompts, OptionalInt maxTokens, Residency t5Plan, Progress progress) {
    try (var encoder = t5Encoder(t5Plan)) {
      int length = length(maxTokens);
      return prompts.stream()
          .map(prompt -> ids("T5", t5.encode(prompt.t5(), length), progress))
          .map(ids -> encoder.network().states(List.of(ids)))
          .toList();
    }
  }

  /// How many tokens T5 makes of a prompt.
  int length(OptionalInt maxTokens) {
    return Math.min(t5.length(), maxTokens.orElse(t5.length()));
  }

  private static long[] ids(String encoder, TokenIds tokens, Progress progress) {
    tokens
        .truncation()
        .ifPresent(
            cut -> progress.at(new Progress.Truncated(encoder, cut.lost(), cut.lostWords())));
    return tokens.toArray();
  }

  @Override
  public void close() {
    clip.close();
    t5.close();
  }
}
