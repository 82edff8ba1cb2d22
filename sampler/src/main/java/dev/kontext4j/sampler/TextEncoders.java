package dev.kontext4j.sampler;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.tokenizer.ClipTokenizer;
import dev.kontext4j.tokenizer.T5Tokenizer;
import dev.kontext4j.tokenizer.TokenIds;
import dev.kontext4j.transformer.clip.ClipTextEncoder;
import dev.kontext4j.transformer.t5.T5Encoder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// Prompts to what the transformer is told of them. Each encoder is opened, used for all prompts of
/// a run, and closed before the next: T5 alone is larger than all else but the transformer.
record TextEncoders(ModelFolder model, DType dtype, Device device) {
  /// What the transformer is told of a prompt.
  ///
  /// @param pooled by CLIP: (1, P)
  /// @param states by T5: (1, Lt, W)
  record Conditioning(Tensor pooled, Tensor states) {}

  /// The prompts' conditionings, in the innermost open scope.
  List<Conditioning> encode(List<Prompt> prompts, OptionalInt maxTokens, Progress progress) {
    var pooled = pooled(prompts, progress);
    var states = states(prompts, maxTokens, progress);
    var all = new ArrayList<Conditioning>();
    for (int i = 0; i < prompts.size(); i++) {
      all.add(new Conditioning(pooled.get(i), states.get(i)));
    }
    return all;
  }

  private List<Tensor> pooled(List<Prompt> prompts, Progress progress) {
    try (var tokenizer = ClipTokenizer.open(model.part("tokenizer"));
        var encoder = ClipTextEncoder.open(model.part("text_encoder"), dtype, device)) {
      return prompts.stream()
          .map(prompt -> ids("CLIP", tokenizer.encode(prompt.clip()), progress))
          .map(ids -> encoder.network().pooled(List.of(ids)))
          .toList();
    }
  }

  private List<Tensor> states(List<Prompt> prompts, OptionalInt maxTokens, Progress progress) {
    try (var tokenizer = T5Tokenizer.open(model.part("tokenizer_2"));
        var encoder = T5Encoder.open(model.part("text_encoder_2"), dtype, device)) {
      int length = Math.min(tokenizer.length(), maxTokens.orElse(tokenizer.length()));
      return prompts.stream()
          .map(prompt -> ids("T5", tokenizer.encode(prompt.t5(), length), progress))
          .map(ids -> encoder.network().states(List.of(ids)))
          .toList();
    }
  }

  private static long[] ids(String encoder, TokenIds tokens, Progress progress) {
    tokens
        .truncation()
        .ifPresent(
            cut -> progress.at(new Progress.Truncated(encoder, cut.lost(), cut.lostWords())));
    return tokens.toArray();
  }
}
