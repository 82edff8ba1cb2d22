package dev.kontext4j.sampler.plan;

import dev.kontext4j.sampler.fast.Fast;
import dev.kontext4j.sampler.picture.Size;
import dev.kontext4j.transformer.flux.TokenCounts;
import java.util.List;

/// What a run asks of a model, as far as it decides memory and time.
///
/// @param tokens of one step
/// @param output the size of the picture that is made
/// @param references the sizes of those that go in, as they are encoded
/// @param prompts 2 if there is one to steer away from
/// @param fast what is kept for later steps
public record Demand(
    TokenCounts tokens, Size output, List<Size> references, int steps, int prompts, Fast fast) {
  public Demand {
    references = List.copyOf(references);
  }
}
