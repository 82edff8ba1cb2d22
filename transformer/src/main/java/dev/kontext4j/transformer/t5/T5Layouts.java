package dev.kontext4j.transformer.t5;

import dev.kontext4j.engine.weights.Layout;
import dev.kontext4j.engine.weights.Rename;
import java.util.List;
import java.util.regex.Pattern;

/// The names of T5's tensors in files: the token table is stored under one of two names, or under
/// both. A decoder that comes along is passed over.
public final class T5Layouts {
  /// All blocks share the first one's table.
  static final String POSITION_BIAS = "block.0.layer.0.SelfAttention.relative_attention_bias";

  private static final String TITLE = "a T5 encoder";
  private static final Pattern DECODER = Pattern.compile("decoder\\..*|lm_head\\.weight");

  static final Layout SHARED = new Layout(TITLE, List.of(), List.of(DECODER));

  static final Layout OF_ENCODER =
      new Layout(
          TITLE,
          List.of(Rename.of("shared.weight", "encoder.embed_tokens.weight")),
          List.of(DECODER, Pattern.compile("shared\\.weight")));

  public static final List<Layout> ALL = List.of(SHARED, OF_ENCODER);

  private T5Layouts() {}
}
