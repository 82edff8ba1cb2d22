package dev.kontext4j.sampler;

import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.residency.Residency;
import dev.kontext4j.engine.weights.Overlay;
import dev.kontext4j.sampler.plan.TextSizes;
import dev.kontext4j.sampler.text.KnownTexts;
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
/// encoder is opened, used for all prompts of a run that are not known yet, and closed before the
/// next: T5 alone is larger than all else but the transformer.
final class TextEncoders implements AutoCloseable {
  private final PromptTokenizer clipTokens;
  private final PromptTokenizer t5Tokens;
  private final TextEncoder<ClipTextEncoder> clip;
  private final TextEncoder<T5Encoder> t5;
  private final TextSizes sizes;
  private KnownTexts known = KnownTexts.NONE;

  private TextEncoders(
      PromptTokenizer clipTokens,
      PromptTokenizer t5Tokens,
      TextEncoder<ClipTextEncoder> clip,
      TextEncoder<T5Encoder> t5,
      TextSizes sizes) {
    this.clipTokens = clipTokens;
    this.t5Tokens = t5Tokens;
    this.clip = clip;
    this.t5 = t5;
    this.sizes = sizes;
  }

  /// What the transformer is told of a prompt.
  ///
  /// @param pooled by CLIP: (1, P)
  /// @param states by T5: (1, Lt, W)
  record Conditioning(Tensor pooled, Tensor states) {}

  /// Opens the tokenizers, and looks whether the encoders are whole: what is wrong with a model is
  /// to be known before any work, so their headers are read here and not their weights.
  static TextEncoders open(ModelFiles model, PartsFit fit, Computing computing) {
    var clipPart = model.part(PartKind.CLIP);
    var t5Part = model.part(PartKind.T5);
    try (var clip = ClipTextEncoder.open(clipPart, computing);
        var t5 = T5Encoder.open(t5Part, computing)) {
      fit.require(clip.parameters(), t5.parameters());
      return open(
          model,
          new TextEncoder<>(
              PartKind.CLIP,
              clipPart,
              computing,
              clip,
              _ -> ClipTextEncoder.open(clipPart, computing),
              ClipTextEncoder::pooled),
          new TextEncoder<>(
              PartKind.T5,
              t5Part,
              computing,
              t5,
              plan -> T5Encoder.open(t5Part, computing, plan),
              T5Encoder::states),
          TextSizes.of(clip, t5));
    }
  }

  private static TextEncoders open(
      ModelFiles model,
      TextEncoder<ClipTextEncoder> clip,
      TextEncoder<T5Encoder> t5,
      TextSizes sizes) {
    var clipTokens = ClipTokenizer.open(model.tokenizers().clip());
    try {
      var t5Tokens = T5Tokenizer.open(model.tokenizers().t5());
      return new TextEncoders(clipTokens, t5Tokens, clip, t5, sizes);
    } catch (RuntimeException e) {
      clipTokens.close();
      throw e;
    }
  }

  Map<String, long[]> clipParameters() {
    return clip.parameters();
  }

  Map<String, long[]> t5Parameters() {
    return t5.parameters();
  }

  /// What both encoders take.
  TextSizes sizes() {
    return sizes;
  }

  /// From now on the encoders' weights are changed by these.
  void overlay(Overlay ofClip, Overlay ofT5) {
    clip.overlay(ofClip);
    t5.overlay(ofT5);
  }

  /// From now on what encoders made before is taken from here.
  void know(KnownTexts texts) {
    known = texts;
  }

  /// The prompts' conditionings, in the innermost open scope.
  ///
  /// @param t5Plan which of T5's weights stay meanwhile
  List<Conditioning> encode(
      List<Prompt> prompts, OptionalInt maxTokens, Residency t5Plan, Progress progress) {
    var pooled =
        clip.encode(
            prompts.stream()
                .map(prompt -> told("CLIP", clipTokens.encode(prompt.clip()), progress))
                .toList(),
            Residency.ALL,
            known);
    var states =
        t5.encode(
            prompts.stream()
                .map(
                    prompt -> told("T5", t5Tokens.encode(prompt.t5(), length(maxTokens)), progress))
                .toList(),
            t5Plan,
            known);
    if (!pooled.opened() && !states.opened()) {
      progress.at(new Progress.TextKnown());
    }
    var all = new ArrayList<Conditioning>();
    for (int i = 0; i < prompts.size(); i++) {
      all.add(new Conditioning(pooled.inScope().get(i), states.inScope().get(i)));
    }
    return all;
  }

  /// How many tokens T5 makes of a prompt.
  int length(OptionalInt maxTokens) {
    return Math.min(t5Tokens.length(), maxTokens.orElse(t5Tokens.length()));
  }

  private static TokenIds told(String encoder, TokenIds tokens, Progress progress) {
    tokens
        .truncation()
        .ifPresent(
            cut -> progress.at(new Progress.Truncated(encoder, cut.lost(), cut.lostWords())));
    return tokens;
  }

  @Override
  public void close() {
    clipTokens.close();
    t5Tokens.close();
  }
}
