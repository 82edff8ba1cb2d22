package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.weights.Layout;
import dev.kontext4j.engine.weights.Rename;
import java.util.List;

/// The names of FLUX's tensors in files. The network asks by the names of the original release.
public final class FluxLayouts {
  private static final String TITLE = "a FLUX transformer";

  /// The original release's single file.
  public static final Layout ORIGINAL = Layout.plain(TITLE);

  /// A diffusers folder: other names, q, k and v apart, and the final layer's scale before shift.
  public static final Layout DIFFUSERS =
      new Layout(
          TITLE,
          List.of(
              Rename.of("img_in.+", "x_embedder.+"),
              Rename.of("txt_in.+", "context_embedder.+"),
              Rename.of("time_in.in_layer.+", "time_text_embed.timestep_embedder.linear_1.+"),
              Rename.of("time_in.out_layer.+", "time_text_embed.timestep_embedder.linear_2.+"),
              Rename.of("guidance_in.in_layer.+", "time_text_embed.guidance_embedder.linear_1.+"),
              Rename.of("guidance_in.out_layer.+", "time_text_embed.guidance_embedder.linear_2.+"),
              Rename.of("vector_in.in_layer.+", "time_text_embed.text_embedder.linear_1.+"),
              Rename.of("vector_in.out_layer.+", "time_text_embed.text_embedder.linear_2.+"),
              Rename.of("double_blocks.*.img_mod.lin.+", "transformer_blocks.*.norm1.linear.+"),
              Rename.of(
                  "double_blocks.*.txt_mod.lin.+", "transformer_blocks.*.norm1_context.linear.+"),
              Rename.of(
                  "double_blocks.*.img_attn.qkv.+",
                  "transformer_blocks.*.attn.to_q.+",
                  "transformer_blocks.*.attn.to_k.+",
                  "transformer_blocks.*.attn.to_v.+"),
              Rename.of(
                  "double_blocks.*.txt_attn.qkv.+",
                  "transformer_blocks.*.attn.add_q_proj.+",
                  "transformer_blocks.*.attn.add_k_proj.+",
                  "transformer_blocks.*.attn.add_v_proj.+"),
              Rename.of(
                  "double_blocks.*.img_attn.norm.query_norm.scale",
                  "transformer_blocks.*.attn.norm_q.weight"),
              Rename.of(
                  "double_blocks.*.img_attn.norm.key_norm.scale",
                  "transformer_blocks.*.attn.norm_k.weight"),
              Rename.of(
                  "double_blocks.*.txt_attn.norm.query_norm.scale",
                  "transformer_blocks.*.attn.norm_added_q.weight"),
              Rename.of(
                  "double_blocks.*.txt_attn.norm.key_norm.scale",
                  "transformer_blocks.*.attn.norm_added_k.weight"),
              Rename.of("double_blocks.*.img_attn.proj.+", "transformer_blocks.*.attn.to_out.0.+"),
              Rename.of(
                  "double_blocks.*.txt_attn.proj.+", "transformer_blocks.*.attn.to_add_out.+"),
              Rename.of("double_blocks.*.img_mlp.0.+", "transformer_blocks.*.ff.net.0.proj.+"),
              Rename.of("double_blocks.*.img_mlp.2.+", "transformer_blocks.*.ff.net.2.+"),
              Rename.of(
                  "double_blocks.*.txt_mlp.0.+", "transformer_blocks.*.ff_context.net.0.proj.+"),
              Rename.of("double_blocks.*.txt_mlp.2.+", "transformer_blocks.*.ff_context.net.2.+"),
              Rename.of(
                  "single_blocks.*.modulation.lin.+", "single_transformer_blocks.*.norm.linear.+"),
              Rename.of(
                  "single_blocks.*.linear1.+",
                  "single_transformer_blocks.*.attn.to_q.+",
                  "single_transformer_blocks.*.attn.to_k.+",
                  "single_transformer_blocks.*.attn.to_v.+",
                  "single_transformer_blocks.*.proj_mlp.+"),
              Rename.of("single_blocks.*.linear2.+", "single_transformer_blocks.*.proj_out.+"),
              Rename.of(
                  "single_blocks.*.norm.query_norm.scale",
                  "single_transformer_blocks.*.attn.norm_q.weight"),
              Rename.of(
                  "single_blocks.*.norm.key_norm.scale",
                  "single_transformer_blocks.*.attn.norm_k.weight"),
              Rename.withHalvesSwapped("final_layer.adaLN_modulation.1.+", "norm_out.linear.+"),
              Rename.of("final_layer.linear.+", "proj_out.+")),
          List.of());

  public static final List<Layout> ALL = List.of(ORIGINAL, DIFFUSERS);

  private FluxLayouts() {}
}
