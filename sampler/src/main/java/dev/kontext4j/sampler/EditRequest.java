package dev.kontext4j.sampler;

import dev.kontext4j.sampler.fast.Fast;
import dev.kontext4j.sampler.picture.LanczosResize;
import dev.kontext4j.sampler.picture.NativeSizes;
import dev.kontext4j.sampler.picture.Picture;
import dev.kontext4j.sampler.picture.PictureException;
import dev.kontext4j.sampler.picture.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/// Everything that decides what a run makes: the same request on the same model and device gives
/// the same pictures.
///
/// @param negative what to steer away from, by true classifier-free guidance
/// @param references the pictures to edit or to take from; none: a picture from the prompt alone
/// @param guidance the strength that the distilled model is told
/// @param maxTokens a bound for T5's tokens below the tokenizer's own
/// @param fast what may be taken from earlier steps
public record EditRequest(
    Prompt prompt,
    Optional<Negative> negative,
    List<Picture> references,
    ReferenceFit referenceFit,
    ReferencePlacement placement,
    OutputSize size,
    Steps steps,
    float guidance,
    NoisePlan noise,
    OptionalInt maxTokens,
    Fast fast) {
  public EditRequest {
    references = List.copyOf(references);
  }

  /// The prompt, and behind it the negative one if it has any effect.
  List<Prompt> prompts() {
    return activeNegative().map(other -> List.of(prompt, other.prompt())).orElse(List.of(prompt));
  }

  float trueCfg() {
    return activeNegative().map(Negative::scale).orElse(1f);
  }

  /// The references in the sizes they are encoded in, on the latent grid.
  List<Picture> fittedReferences(NativeSizes sizes, int grid) {
    return eachReference(
        picture -> LanczosResize.resize(picture, referenceFit.size(picture.size(), sizes, grid)));
  }

  /// The sizes they are encoded in.
  List<Size> referenceSizes(NativeSizes sizes, int grid) {
    return eachReference(picture -> referenceFit.size(picture.size(), sizes, grid));
  }

  private <T> List<T> eachReference(Function<Picture, T> fit) {
    var fitted = new ArrayList<T>();
    for (Picture picture : references) {
      try {
        fitted.add(fit.apply(picture));
      } catch (PictureException e) {
        throw about("picture " + (fitted.size() + 1), e);
      }
    }
    return fitted;
  }

  /// The size of the result, on the latent grid.
  Size outputSize(NativeSizes sizes, int grid) {
    try {
      return size.of(references, sizes, grid);
    } catch (PictureException e) {
      throw about("the result", e);
    }
  }

  private static PictureException about(String which, PictureException e) {
    return new PictureException(which + ": " + e.getMessage(), e);
  }

  /// As in the reference, a scale of 1 or less switches the negative off.
  private Optional<Negative> activeNegative() {
    return negative.filter(other -> other.scale() > 1);
  }

  /// A prompt to steer away from. Each step then runs the network twice.
  ///
  /// @param scale how far to go from the negative's direction towards the prompt's
  public record Negative(Prompt prompt, float scale) {}
}
