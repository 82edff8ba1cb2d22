package dev.kontext4j.transformer.t5;

import dev.kontext4j.engine.weights.Layout;
import dev.kontext4j.engine.weights.Rename;
import java.util.List;
import java.util.regex.Pattern;

/// The names of T5's tensors in files: transformers', where the token table is stored under one of
/// two names, or under both; and llama.cpp's in GGUF files. A decoder that comes along is passed
/// over.
public final class T5Layouts {
  /// All blocks share the first one's table.
  static final String POSITION_BIAS = "block.0.layer.0.SelfAttention.relative_attention_bias";

  private static final String TITLE = "a T5 encoder";
  private static final Pattern DECODER = Pattern.compile("decoder\\..*|lm_head\\.weight");

  public static final Layout SHARED = new Layout(TITLE, List.of(), List.of(DECODER));

  static final Layout OF_ENCODER =
      new Layout(
          TITLE,
          List.of(Rename.of("shared.weight", "encoder.embed_tokens.weight")),
          List.of(DECODER, Pattern.compile("shared\\..*")));

  public static final Layout LLAMA_CPP =
      new Layout(
          TITLE,
          List.of(
              Rename.of("shared.weight", "token_embd.weight"),
              Rename.of("encoder." + POSITION_BIAS + ".weight", "enc.blk.0.attn_rel_b.weight"),
              inBlock("layer.0.layer_norm", "attn_norm"),
              inBlock("layer.0.SelfAttention.q", "attn_q"),
              inBlock("layer.0.SelfAttention.k", "attn_k"),
              inBlock("layer.0.SelfAttention.v", "attn_v"),
              inBlock("layer.0.SelfAttention.o", "attn_o"),
              inBlock("layer.1.layer_norm", "ffn_norm"),
              inBlock("layer.1.DenseReluDense.wi_0", "ffn_gate"),
              inBlock("layer.1.DenseReluDense.wi_1", "ffn_up"),
              inBlock("layer.1.DenseReluDense.wi", "ffn_up"),
              inBlock("layer.1.DenseReluDense.wo", "ffn_down"),
              Rename.of("encoder.final_layer_norm.weight", "enc.output_norm.weight")),
          List.of(Pattern.compile("dec\\..*|output\\.weight")));

  public static final List<Layout> ALL = List.of(SHARED, OF_ENCODER, LLAMA_CPP);

  private T5Layouts() {}

  private static Rename inBlock(String asked, String stored) {
    return Rename.of("encoder.block.*." + asked + ".weight", "enc.blk.*." + stored + ".weight");
  }
}
