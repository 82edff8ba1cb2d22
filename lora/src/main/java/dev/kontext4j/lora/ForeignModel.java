package dev.kontext4j.lora;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Other models, told by layers that FLUX.1 does not have.
final class ForeignModel {
  private record Mark(Pattern pattern, String model) {}

  private static final List<Mark> MARKS =
      List.of(
          mark(
              "(down|up|input|output)_blocks?[._]|mid(dle)?_block[._]",
              "Stable Diffusion 1.5, 2 or XL"),
          mark("joint_blocks[._]", "Stable Diffusion 3"),
          mark("(double|single)_stream_modulation|to_qkv_mlp_proj", "FLUX.2"),
          mark("distilled_guidance_layer", "Chroma"),
          mark("\\.(img|txt)_attn_qkv|individual_token_refiner", "HunyuanVideo"),
          mark("transformer_blocks[._][0-9]+[._](img|txt)_mlp[._]net", "Qwen-Image"),
          mark("blocks[._][0-9]+[._](cross_attn|self_attn|ffn)[._]", "Wan"),
          mark("layers[._][0-9]+[._](attention|feed_forward|adaLN)", "Lumina or Z-Image"),
          mark("adaln_single|caption_projection", "PixArt or LTX-Video"));

  /// The second of two CLIPs; one key is enough to tell.
  private static final Pattern SDXL =
      Pattern.compile("lora_te2_text_model|conditioner\\.embedders|text_encoder_2\\.text_model");

  private ForeignModel() {}

  private static Mark mark(String regex, String model) {
    return new Mark(Pattern.compile(regex), model);
  }

  /// The other model that a file's keys are probably about.
  static Optional<String> of(Collection<String> keys) {
    if (keys.stream().anyMatch(key -> SDXL.matcher(key).find())) {
      return Optional.of("SDXL");
    }
    for (Mark mark : MARKS) {
      long found = keys.stream().filter(key -> mark.pattern.matcher(key).find()).count();
      if (2 * found > keys.size()) {
        return Optional.of(mark.model);
      }
    }
    return Optional.empty();
  }
}
