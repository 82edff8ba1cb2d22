package dev.kontext4j.lora.names;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;

/// The ways in which programs write the keys of adapter files.
public enum Style {
  XLABS("XLabs"),
  KOHYA("kohya"),
  ONETRAINER("OneTrainer"),
  LYCORIS("LyCORIS"),
  PEFT("PEFT on the original release's names"),
  COMFYUI("ComfyUI"),
  DIFFUSERS("diffusers"),
  ORIGINAL("the original release's names");

  private final String title;

  Style(String title) {
    this.title = title;
  }

  /// The style of most keys of a file.
  public static Style of(Collection<String> keys) {
    Map<Style, Integer> counts = new EnumMap<>(Style.class);
    keys.forEach(key -> counts.merge(of(key), 1, Integer::sum));
    return counts.entrySet().stream()
        .max(Comparator.comparing(Map.Entry::getValue))
        .map(Map.Entry::getKey)
        .orElse(ORIGINAL);
  }

  private static Style of(String key) {
    if (AdapterKey.isXlabs(key)) {
      return XLABS;
    }
    if (key.startsWith("lora_transformer_")) {
      return ONETRAINER;
    }
    if (key.startsWith("lora_unet_") || key.startsWith("lora_te")) {
      return KOHYA;
    }
    if (key.startsWith("lycoris_")) {
      return LYCORIS;
    }
    if (key.startsWith("base_model.model.")) {
      return PEFT;
    }
    if (key.startsWith("diffusion_model.") || key.startsWith("text_encoders.")) {
      return COMFYUI;
    }
    boolean diffusers = key.startsWith("transformer.") || key.startsWith("text_encoder");
    return diffusers || key.contains("transformer_blocks.") ? DIFFUSERS : ORIGINAL;
  }

  @Override
  public String toString() {
    return title;
  }
}
