package dev.kontext4j.hub.inspect;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Transformers and UNets of other models that people may take for Kontext.
final class OtherRecogniser implements Recogniser {
  static final String CONTROLNET = "controlnet_blocks.0.weight";

  /// A tensor that only one of them has, and which that is.
  private static final Map<String, String> SIGNS = signs();

  private static Map<String, String> signs() {
    var signs = new LinkedHashMap<String, String>();
    signs.put("double_stream_modulation_img.lin.weight", "FLUX.2");
    signs.put("double_stream_modulation_img.linear.weight", "FLUX.2");
    signs.put("joint_blocks.0.context_block.attn.qkv.weight", "Stable Diffusion 3");
    signs.put("input_blocks.0.0.weight", "Stable Diffusion 1, 2 or XL");
    signs.put("down_blocks.0.resnets.0.time_emb_proj.weight", "Stable Diffusion 1, 2 or XL");
    signs.put(
        "single_transformer_blocks.0.mlp_fc1.qweight",
        "a FLUX.1 packed for Nunchaku's own kernels");
    signs.put("txt_norm.weight", "Qwen-Image");
    signs.put(CONTROLNET, "a ControlNet for FLUX.1");
    return signs;
  }

  @Override
  public Optional<Part> in(Contents contents) {
    for (var sign : SIGNS.entrySet()) {
      var prefix = Recogniser.prefix(contents, sign.getKey());
      if (prefix.isPresent()) {
        return Optional.of(
            new Part(
                Part.Kind.TRANSFORMER,
                prefix.get(),
                "names of its own",
                "this is %s, not FLUX.1 Kontext".formatted(sign.getValue()),
                false,
                Optional.empty()));
      }
    }
    return Optional.empty();
  }
}
