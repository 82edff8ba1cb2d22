package dev.kontext4j.transformer.clip;

import dev.kontext4j.engine.weights.Layout;
import dev.kontext4j.engine.weights.Rename;
import java.util.List;
import java.util.regex.Pattern;

/// The names of CLIP's tensors in files: with a prefix, as published, or without, as transformers 5
/// writes them. What belongs to CLIP's other half, or is no weight, is passed over.
public final class ClipLayouts {
  private static final String TITLE = "a CLIP text encoder";

  private static final List<Pattern> IGNORED =
      List.of(
          Pattern.compile("(text_model\\.)?embeddings\\.position_ids"),
          Pattern.compile("logit_scale|(text|visual)_projection(\\.weight)?|vision_model\\..*"));

  private static final List<String> NAMES =
      List.of(
          "embeddings.token_embedding.+",
          "embeddings.position_embedding.+",
          "encoder.layers.*.layer_norm1.+",
          "encoder.layers.*.self_attn.q_proj.+",
          "encoder.layers.*.self_attn.k_proj.+",
          "encoder.layers.*.self_attn.v_proj.+",
          "encoder.layers.*.self_attn.out_proj.+",
          "encoder.layers.*.layer_norm2.+",
          "encoder.layers.*.mlp.fc1.+",
          "encoder.layers.*.mlp.fc2.+",
          "final_layer_norm.+");

  static final Layout BARE = new Layout(TITLE, List.of(), IGNORED);

  static final Layout PREFIXED =
      new Layout(
          TITLE,
          NAMES.stream().map(name -> Rename.of(name, "text_model." + name)).toList(),
          IGNORED);

  public static final List<Layout> ALL = List.of(BARE, PREFIXED);

  private ClipLayouts() {}
}
