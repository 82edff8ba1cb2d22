package dev.kontext4j.sampler;

import dev.kontext4j.engine.residency.Residency;
import dev.kontext4j.vae.Tiling;

/// How the parts of a model share the memory that there is. Where weights are changes nothing in a
/// picture, not a bit; tiles do, a little.
///
/// @param transformer which of its weights stay
/// @param t5 which of its weights stay while it works, before the first step
/// @param vae in what pieces pictures go through it
/// @param waiting how many of the transformer's blocks, if an earlier request has left them, may
///   stay while texts and pictures are encoded; the others are read again
public record MemoryPlan(Residency transformer, Residency t5, Tiling vae, int waiting) {

  /// Everything stays where it is needed, and pictures are whole.
  public static final MemoryPlan ALL_STAYS =
      new MemoryPlan(Residency.ALL, Residency.ALL, Tiling.NONE);

  /// All blocks that stay do so from request to request.
  public MemoryPlan(Residency transformer, Residency t5, Tiling vae) {
    this(transformer, t5, vae, transformer.blocks());
  }

  /// Whether any weights come and go.
  public boolean streams() {
    return transformer.streams() || t5.streams();
  }
}
