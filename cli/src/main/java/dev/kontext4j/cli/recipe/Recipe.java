package dev.kontext4j.cli.recipe;

import dev.kontext4j.cli.picture.AlphaMode;
import dev.kontext4j.cli.picture.Metadata;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.quant.Precision;
import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.sampler.EditRequest;
import dev.kontext4j.sampler.NoisePlan;
import dev.kontext4j.sampler.OutputSize;
import dev.kontext4j.sampler.Prompt;
import dev.kontext4j.sampler.ReferenceFit;
import dev.kontext4j.sampler.ReferencePlacement;
import dev.kontext4j.sampler.Steps;
import dev.kontext4j.sampler.fast.Fast;
import dev.kontext4j.sampler.noise.NoiseType;
import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.sampler.picture.Size;
import dev.kontext4j.vae.Tiling;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/// How one picture was made: all that decides its pixels.
///
/// @param size of the picture itself
/// @param pixels of its RGB bytes, before any loss of a file's form
/// @param fast what was taken from earlier steps
public record Recipe(
    Prompt prompt,
    Optional<EditRequest.Negative> negative,
    OptionalInt maxTokens,
    References references,
    Size size,
    Sha256 pixels,
    Steps steps,
    float guidance,
    Fast fast,
    Noise noise,
    Model model,
    Loras loras,
    Machine machine) {

  /// The recipe that a picture's file carries, if it is one of ours.
  ///
  /// @throws dev.kontext4j.cli.failure.InputException if it is, and is damaged
  public static Optional<Recipe> in(Metadata metadata) {
    return metadata.note().filter(RecipeReader::isRecipe).map(RecipeReader::read);
  }

  /// What stands for a picture's pixels.
  public static Sha256 hash(Picture picture) {
    return Sha256.of(picture.rgb());
  }

  /// The text that a file carries along.
  public String json() {
    return RecipeJson.write(this);
  }

  /// What makes the same picture again.
  ///
  /// @param pictures those that went in
  public EditRequest request(List<Picture> pictures) {
    return new EditRequest(
        prompt,
        negative,
        pictures,
        references.fit,
        references.placement,
        new OutputSize.Exact(
            OptionalInt.of(size.width()), OptionalInt.of(size.height()), OptionalLong.empty()),
        steps,
        guidance,
        new NoisePlan(List.of(noise.seed), noise.batch, Optional.of(noise.type)),
        maxTokens,
        fast);
  }

  /// The pictures that went in, and how they were taken.
  public record References(
      List<Used> pictures, ReferenceFit fit, ReferencePlacement placement, AlphaMode alpha) {
    public References {
      pictures = List.copyOf(pictures);
    }
  }

  /// A picture that went in.
  ///
  /// @param name what it was called; a file without its folder
  /// @param size upright
  public record Used(String name, Sha256 sha256, Size size) {}

  /// Where the noise came from.
  ///
  /// @param seed of this picture, as it was reported
  /// @param batch its place in the batch that one generator drew for
  public record Noise(long seed, NoiseType type, Optional<NoisePlan.Batch> batch) {}

  /// What computed.
  ///
  /// @param sha256 of the weights, if it was worked out
  public record Model(String name, Optional<Sha256> sha256, Map<String, Sha256> parts) {
    public Model {
      parts = Collections.unmodifiableMap(new TreeMap<>(parts));
    }
  }

  /// All that the model was changed by.
  ///
  /// @param packed whether packed weights were packed again
  public record Loras(List<Lora> used, boolean packed) {
    public Loras {
      used = List.copyOf(used);
    }
  }

  /// What the model was changed by.
  ///
  /// @param name of the file, without its folder
  /// @param blocks as they were named; empty for all
  public record Lora(String name, Sha256 sha256, double scale, String blocks) {}

  /// On what it was computed: another machine's last bits may differ.
  ///
  /// @param program version of kontext4j
  /// @param tiling in which pictures went through the VAE
  public record Machine(
      String program,
      String libtorch,
      String device,
      DType dtype,
      Precision precision,
      Tiling tiling,
      OptionalInt threads) {}
}
