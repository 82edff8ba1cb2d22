package dev.kontext4j.sampler;

import dev.kontext4j.sampler.picture.Picture;

/// One picture that a run made.
///
/// @param latents the last latents, packed
/// @param spared what was not computed
public record EditResult(Picture picture, long seed, PackedLatents latents, Spared spared) {}
