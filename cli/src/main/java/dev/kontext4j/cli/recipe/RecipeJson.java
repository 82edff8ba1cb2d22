package dev.kontext4j.cli.recipe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kontext4j.engine.quant.Precision;
import dev.kontext4j.sampler.Steps;
import dev.kontext4j.vae.Tiling;

/// Recipes as JSON: one flat object, whose names are those of the command line's options.
final class RecipeJson {
  /// The number of this form. A reader takes forms up to its own.
  static final int FORM = 5;

  /// The forms that know no LoRAs, LoRAs that leave no weight packed, no products in 8 bits, and no
  /// shortcuts: for readers that are content with them.
  private static final int WITHOUT_LORAS = 1;

  private static final int WITH_LORAS = 2;
  private static final int WITH_PACKED_LORAS = 3;
  private static final int WITH_PRECISION = 4;

  private RecipeJson() {}

  static String write(Recipe recipe) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("recipe", form(recipe));
    prompts(json, recipe);
    references(json.putObject("references"), recipe.references());
    json.put("width", recipe.size().width()).put("height", recipe.size().height());
    json.put("pixels", recipe.pixels().digits());
    switch (recipe.steps()) {
      case Steps.Count(int count) -> json.put("steps", count);
      case Steps.Levels levels -> levels.sigmas().forEach(json.putArray("sigmas")::add);
    }
    json.put("guidance", recipe.guidance());
    if (!recipe.fast().isExact() || !recipe.machine().tiling().equals(Tiling.NONE)) {
      json.put("fast", recipe.fast().toString());
    }
    noise(json, recipe.noise());
    var model = json.putObject("model").put("name", recipe.model().name());
    recipe.model().sha256().ifPresent(hash -> model.put("sha256", hash.digits()));
    if (!recipe.model().parts().isEmpty()) {
      var parts = model.putObject("parts");
      recipe.model().parts().forEach((file, hash) -> parts.put(file, hash.digits()));
    }
    loras(json, recipe.loras());
    machine(json.putObject("machine"), recipe.machine());
    return json.toString();
  }

  private static void prompts(ObjectNode json, Recipe recipe) {
    var prompt = recipe.prompt();
    json.put("prompt", prompt.clip());
    if (!prompt.t5().equals(prompt.clip())) {
      json.put("prompt-2", prompt.t5());
    }
    recipe
        .negative()
        .ifPresent(negative -> {
          json.put("negative", negative.prompt().clip());
          if (!negative.prompt().t5().equals(negative.prompt().clip())) {
            json.put("negative-2", negative.prompt().t5());
          }
          json.put("true-cfg", negative.scale());
        });
    recipe.maxTokens().ifPresent(bound -> json.put("max-tokens", bound));
  }

  private static void references(ObjectNode json, Recipe.References references) {
    var pictures = json.putArray("pictures");
    for (Recipe.Used used : references.pictures()) {
      pictures
          .addObject()
          .put("name", used.name())
          .put("sha256", used.sha256().digits())
          .put("width", used.size().width())
          .put("height", used.size().height());
    }
    json.put("fit", Word.of(references.fit()));
    json.put("placement", Word.of(references.placement()));
    json.put("alpha", Word.of(references.alpha()));
  }

  /// The first form whose readers would not leave out what decides the pixels.
  private static int form(Recipe recipe) {
    if (!recipe.fast().isExact()) {
      return FORM;
    }
    if (recipe.machine().precision() != Precision.EXACT) {
      return WITH_PRECISION;
    }
    var loras = recipe.loras();
    if (loras.used().isEmpty()) {
      return WITHOUT_LORAS;
    }
    return loras.packed() ? WITH_PACKED_LORAS : WITH_LORAS;
  }

  private static void loras(ObjectNode json, Recipe.Loras loras) {
    if (loras.used().isEmpty()) {
      return;
    }
    if (loras.packed()) {
      json.put("loras-packed", true);
    }
    var array = json.putArray("loras");
    for (Recipe.Lora lora : loras.used()) {
      var object =
          array
              .addObject()
              .put("name", lora.name())
              .put("sha256", lora.sha256().digits())
              .put("scale", lora.scale());
      if (!lora.blocks().isEmpty()) {
        object.put("blocks", lora.blocks());
      }
    }
  }

  private static void noise(ObjectNode json, Recipe.Noise noise) {
    json.put("seed", noise.seed()).put("noise-dtype", Word.of(noise.type()));
    noise
        .batch()
        .ifPresent(batch ->
            json.putObject("batch").put("seed", batch.seed()).put("before", batch.before()));
  }

  private static void machine(ObjectNode json, Recipe.Machine machine) {
    json.put("program", machine.program())
        .put("libtorch", machine.libtorch())
        .put("device", machine.device())
        .put("dtype", Word.of(machine.dtype()));
    if (machine.precision() != Precision.EXACT) {
      json.put("precision", Word.of(machine.precision()));
    }
    if (!machine.tiling().equals(Tiling.NONE)) {
      json.putObject("vae-tile")
          .put("side", machine.tiling().side())
          .put("overlap", machine.tiling().overlap());
    }
    machine.threads().ifPresent(threads -> json.put("threads", threads));
  }
}
