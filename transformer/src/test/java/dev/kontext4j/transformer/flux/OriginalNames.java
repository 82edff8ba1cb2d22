package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.Tensor;
import dev.kontext4j.testkit.ModelCopy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A diffusers transformer as the original release would be: other names, q, k, v (and, in single
/// blocks, the MLP's first layer) in one matrix, the final layer's shift before its scale. Written
/// down from diffusers' `convert_flux_transformer_checkpoint_to_diffusers`, not from [FluxLayouts],
/// which it is to test.
final class OriginalNames {
  /// Original name (of a block: behind its index) to diffusers' names.
  private static final Map<String, List<String>> OUTSIDE =
      Map.of(
          "img_in", List.of("x_embedder"),
          "txt_in", List.of("context_embedder"),
          "time_in.in_layer", List.of("time_text_embed.timestep_embedder.linear_1"),
          "time_in.out_layer", List.of("time_text_embed.timestep_embedder.linear_2"),
          "guidance_in.in_layer", List.of("time_text_embed.guidance_embedder.linear_1"),
          "guidance_in.out_layer", List.of("time_text_embed.guidance_embedder.linear_2"),
          "vector_in.in_layer", List.of("time_text_embed.text_embedder.linear_1"),
          "vector_in.out_layer", List.of("time_text_embed.text_embedder.linear_2"),
          "final_layer.linear", List.of("proj_out"),
          "final_layer.adaLN_modulation.1", List.of("norm_out.linear"));

  private static final Map<String, List<String>> DOUBLE =
      Map.of(
          "img_mod.lin", List.of("norm1.linear"),
          "txt_mod.lin", List.of("norm1_context.linear"),
          "img_attn.qkv", List.of("attn.to_q", "attn.to_k", "attn.to_v"),
          "txt_attn.qkv", List.of("attn.add_q_proj", "attn.add_k_proj", "attn.add_v_proj"),
          "img_attn.proj", List.of("attn.to_out.0"),
          "txt_attn.proj", List.of("attn.to_add_out"),
          "img_mlp.0", List.of("ff.net.0.proj"),
          "img_mlp.2", List.of("ff.net.2"),
          "txt_mlp.0", List.of("ff_context.net.0.proj"),
          "txt_mlp.2", List.of("ff_context.net.2"));

  private static final Map<String, String> DOUBLE_NORMS =
      Map.of(
          "img_attn.norm.query_norm", "attn.norm_q",
          "img_attn.norm.key_norm", "attn.norm_k",
          "txt_attn.norm.query_norm", "attn.norm_added_q",
          "txt_attn.norm.key_norm", "attn.norm_added_k");

  private static final Map<String, List<String>> SINGLE =
      Map.of(
          "modulation.lin", List.of("norm.linear"),
          "linear1", List.of("attn.to_q", "attn.to_k", "attn.to_v", "proj_mlp"),
          "linear2", List.of("proj_out"));

  private static final Map<String, String> SINGLE_NORMS =
      Map.of("norm.query_norm", "attn.norm_q", "norm.key_norm", "attn.norm_k");

  private final Map<String, Tensor> diffusers;
  private final Map<String, Tensor> original = new LinkedHashMap<>();

  private OriginalNames(Map<String, Tensor> diffusers) {
    this.diffusers = diffusers;
  }

  static ModelCopy of(ModelCopy diffusers, FluxConfig config) {
    var names = new OriginalNames(diffusers.tensors());
    names.convert(config);
    return new ModelCopy(diffusers.config(), names.original);
  }

  private void convert(FluxConfig config) {
    layers("", OUTSIDE, "");
    for (int i = 0; i < config.doubleBlocks(); i++) {
      layers("double_blocks." + i + ".", DOUBLE, "transformer_blocks." + i + ".");
      norms("double_blocks." + i + ".", DOUBLE_NORMS, "transformer_blocks." + i + ".");
    }
    for (int i = 0; i < config.singleBlocks(); i++) {
      layers("single_blocks." + i + ".", SINGLE, "single_transformer_blocks." + i + ".");
      norms("single_blocks." + i + ".", SINGLE_NORMS, "single_transformer_blocks." + i + ".");
    }
  }

  private void layers(String at, Map<String, List<String>> layers, String diffusersAt) {
    layers.forEach((name, names) -> {
      for (String kind : List.of(".weight", ".bias")) {
        var parts = names.stream().map(their -> theirs(diffusersAt + their + kind)).toList();
        var rows = Tensor.cat(parts, 0);
        boolean swapped = name.equals("final_layer.adaLN_modulation.1");
        original.put(at + name + kind, swapped ? Tensor.cat(rows.chunk(2, 0).reversed(), 0) : rows);
      }
    });
  }

  private void norms(String at, Map<String, String> norms, String diffusersAt) {
    norms.forEach((name, their) ->
        original.put(at + name + ".scale", theirs(diffusersAt + their + ".weight")));
  }

  private Tensor theirs(String name) {
    return Objects.requireNonNull(diffusers.get(name), name);
  }
}
