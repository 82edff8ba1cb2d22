package dev.kontext4j.cli.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kontext4j.cli.failure.InputException;
import dev.kontext4j.cli.picture.AlphaMode;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.quant.Precision;
import dev.kontext4j.sampler.EditRequest;
import dev.kontext4j.sampler.NoisePlan;
import dev.kontext4j.sampler.Prompt;
import dev.kontext4j.sampler.ReferenceFit;
import dev.kontext4j.sampler.ReferencePlacement;
import dev.kontext4j.sampler.Steps;
import dev.kontext4j.sampler.fast.Fast;
import dev.kontext4j.sampler.noise.NoiseType;
import dev.kontext4j.vae.Tiling;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads what [RecipeJson] wrote, by any version of this program up to this one.
final class RecipeReader {
  private static final int LARGEST_TILE = 1024; // pixels of a latent
  private static final int MOST_STEPS = 100; // limits are those of the options
  private static final int MOST_GUIDANCE = 20;
  private static final int MOST_CFG = 100;
  private static final int MOST_LORA = 100;
  private static final Pattern START = Pattern.compile("\\s*\\{\\s*\"recipe\"\\s*:");

  private RecipeReader() {}

  /// Whether a text says that it is one of our recipes.
  static boolean isRecipe(String text) {
    return START.matcher(text).lookingAt();
  }

  /// @throws InputException with what is wrong, in words that follow the file's name
  static Recipe read(String text) {
    var fields = new Fields(parsed(text));
    int form = fields.whole("recipe", 1, Integer.MAX_VALUE);
    if (form > RecipeJson.FORM) {
      throw new InputException("the recipe is from a newer kontext4j; update this one");
    }
    return new Recipe(
        prompt(fields, "prompt"),
        fields.has("negative") ? Optional.of(negative(fields)) : Optional.empty(),
        fields.optionalWhole("max-tokens", 1, 100_000),
        references(fields.at("references")),
        fields.size(),
        fields.sha256("pixels"),
        steps(fields),
        fields.number("guidance", MOST_GUIDANCE),
        fast(fields),
        noise(fields),
        model(fields.at("model")),
        loras(fields),
        machine(fields.at("machine")));
  }

  private static JsonNode parsed(String text) {
    try {
      return new JsonMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new InputException("the recipe is damaged: " + e.getOriginalMessage());
    }
  }

  private static Prompt prompt(Fields fields, String name) {
    String clip = fields.text(name);
    return new Prompt(clip, fields.optionalText(name + "-2").orElse(clip));
  }

  private static EditRequest.Negative negative(Fields fields) {
    return new EditRequest.Negative(
        prompt(fields, "negative"), fields.number("true-cfg", MOST_CFG));
  }

  private static Recipe.References references(Fields fields) {
    var pictures =
        fields
            .object()
            .path("pictures")
            .valueStream()
            .map(Fields::new)
            .map(used -> new Recipe.Used(used.text("name"), used.sha256("sha256"), used.size()))
            .toList();
    return new Recipe.References(
        pictures,
        fields.word("fit", ReferenceFit.class),
        fields.word("placement", ReferencePlacement.class),
        fields.word("alpha", AlphaMode.class));
  }

  private static Steps steps(Fields fields) {
    if (!fields.has("sigmas")) {
      return new Steps.Count(fields.whole("steps", 1, MOST_STEPS));
    }
    return new Steps.Levels(fields.fallingLevels("sigmas"));
  }

  private static Fast fast(Fields fields) {
    try {
      return fields.optionalText("fast").map(Fast::of).orElse(Fast.EXACT);
    } catch (IllegalArgumentException e) {
      throw new InputException("the recipe is damaged: \"fast\": " + e.getMessage());
    }
  }

  private static Recipe.Noise noise(Fields fields) {
    return new Recipe.Noise(
        fields.longer("seed"),
        fields.word("noise-dtype", NoiseType.class),
        fields.has("batch") ? Optional.of(batch(fields.at("batch"))) : Optional.empty());
  }

  private static NoisePlan.Batch batch(Fields fields) {
    return new NoisePlan.Batch(fields.longer("seed"), fields.whole("before", 0, 10_000));
  }

  private static Recipe.Model model(Fields fields) {
    return new Recipe.Model(
        fields.text("name"),
        fields.has("sha256") ? Optional.of(fields.sha256("sha256")) : Optional.empty(),
        fields.has("parts") ? fields.at("parts").hashes() : Map.of());
  }

  private static Recipe.Loras loras(Fields fields) {
    return new Recipe.Loras(used(fields), fields.object().path("loras-packed").asBoolean());
  }

  private static List<Recipe.Lora> used(Fields fields) {
    return fields
        .object()
        .path("loras")
        .valueStream()
        .map(Fields::new)
        .map(lora ->
            new Recipe.Lora(
                lora.text("name"),
                lora.sha256("sha256"),
                lora.signed("scale", MOST_LORA),
                lora.optionalText("blocks").orElse("")))
        .toList();
  }

  /// The types that a model can compute in.
  private static DType computing(Fields fields) {
    DType type = fields.word("dtype", DType.class);
    if (type != DType.F32 && type != DType.BF16) {
      throw new InputException("the recipe is damaged: \"dtype\" must be f32 or bf16");
    }
    return type;
  }

  private static Tiling tiling(Fields fields) {
    int side = fields.whole("side", 2, LARGEST_TILE);
    return new Tiling(side, fields.whole("overlap", 0, side / 2));
  }

  private static Recipe.Machine machine(Fields fields) {
    return new Recipe.Machine(
        fields.text("program"),
        fields.text("libtorch"),
        fields.text("device"),
        computing(fields),
        fields.has("precision") ? fields.word("precision", Precision.class) : Precision.EXACT,
        fields.has("vae-tile") ? tiling(fields.at("vae-tile")) : Tiling.NONE,
        fields.optionalWhole("threads", 1, 1024));
  }
}
