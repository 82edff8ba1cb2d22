package dev.kontext4j.lora.files;

import dev.kontext4j.lora.names.Part;

/// The forms in which adapters can be written.
public enum KeyStyle {
  /// As diffusers and PEFT, ai-toolkit and SimpleTuner: queries, keys and values apart.
  DIFFUSERS,
  /// As sd-scripts and musubi-tuner.
  KOHYA,
  /// With the original release's names, as ComfyUI takes them, too.
  BFL;

  /// The name of a layer in a file.
  ///
  /// @param layer as the network, or for [#DIFFUSERS] as diffusers calls it
  String prefixed(Part part, String layer) {
    return switch (this) {
      case DIFFUSERS ->
          switch (part) {
            case TRANSFORMER -> "transformer." + layer;
            case CLIP -> "text_encoder.text_model." + layer;
            case T5 -> "text_encoder_2." + layer;
          };
      case KOHYA ->
          switch (part) {
            case TRANSFORMER -> "lora_unet_" + flat(layer);
            case CLIP -> "lora_te1_text_model_" + flat(layer);
            case T5 -> "lora_te3_" + flat(layer);
          };
      case BFL ->
          switch (part) {
            case TRANSFORMER -> "diffusion_model." + layer;
            case CLIP -> "text_encoders.clip_l.transformer.text_model." + layer;
            case T5 -> "text_encoders.t5xxl.transformer." + layer;
          };
    };
  }

  private static String flat(String layer) {
    return layer.replace('.', '_');
  }

  /// Whether the layers are not the network's own.
  boolean renames(Part part) {
    return this == DIFFUSERS && part == Part.TRANSFORMER;
  }

  String down() {
    return this == KOHYA ? ".lora_down.weight" : ".lora_A.weight";
  }

  String up() {
    return this == KOHYA ? ".lora_up.weight" : ".lora_B.weight";
  }

  /// Whether programs that read this form take differences of biases and norms from it.
  boolean takesDifferences() {
    return this != DIFFUSERS;
  }
}
