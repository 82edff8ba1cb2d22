package dev.kontext4j.hub.inspect;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Adapters. Which trainer's, by the names alone; more is for `kontext lora inspect` to say.
final class LoraRecogniser implements Recogniser {
  private static final Pattern HALF =
      Pattern.compile(
          "(.*\\.)?(lora_(A|B|down|up)(\\.\\w+)?(\\.weight)?|hada_w\\d_[ab]|lokr_w\\d(_[ab])?)"
              + "|.*\\.(lora_[AB]|lora_down|lora_up)\\..*|.*\\.processor\\..*lora.*\\.(down|up)\\.weight");

  /// The first that fits names a family.
  private static final Map<String, Pattern> FAMILIES = families();

  private static Map<String, Pattern> families() {
    var families = new LinkedHashMap<String, Pattern>();
    families.put("kohya's names", Pattern.compile("lora_(unet|te\\d?)_.*"));
    families.put("OneTrainer's names", Pattern.compile("lora_transformer_.*"));
    families.put("LyCORIS' names", Pattern.compile("lycoris_.*"));
    families.put("fal's names", Pattern.compile("base_model\\.model\\..*"));
    families.put("XLabs' names", Pattern.compile(".*\\.processor\\..*"));
    families.put("diffusers' names", Pattern.compile("(transformer|text_encoder(_2)?)\\..*"));
    families.put("ComfyUI's names", Pattern.compile("diffusion_model\\..*"));
    families.put(
        "the original release's names", Pattern.compile("(double|single)_blocks\\..*|img_in\\..*"));
    return families;
  }

  @Override
  public Optional<Part> in(Contents contents) {
    if (!contents.hasAny(name -> HALF.matcher(name).matches())) {
      return Optional.empty();
    }
    String family =
        FAMILIES.entrySet().stream()
            .filter(entry -> contents.hasAny(name -> entry.getValue().matcher(name).matches()))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse("names of no known trainer");
    String what = "an adapter, which changes a model and is none; kontext lora inspect tells more";
    return Optional.of(new Part(Part.Kind.LORA, "", family, what, true, Optional.empty()));
  }
}
