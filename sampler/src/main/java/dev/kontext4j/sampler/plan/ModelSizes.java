package dev.kontext4j.sampler.plan;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.residency.Group.Use;
import dev.kontext4j.engine.residency.GroupSize;
import dev.kontext4j.transformer.flux.FluxConfig;
import dev.kontext4j.vae.VaeConfig;
import java.util.List;
import java.util.function.ToLongFunction;

/// What a model's parts take, as their headers tell.
///
/// @param autoencoder all of the VAE's weights
public record ModelSizes(
    FluxConfig flux, List<GroupSize> transformer, TextSizes text, VaeConfig vae, long autoencoder) {
  public ModelSizes {
    transformer = List.copyOf(transformer);
  }

  /// Whether the transformer's blocks are expanded whenever they are used.
  boolean packed(DType dtype) {
    long numbers = flux.blockParameters() * dtype.bytes();
    return of(transformer, Use.BLOCK, GroupSize::kept) < numbers / 4 * 3;
  }

  /// The sum over the groups of one use.
  static long of(List<GroupSize> sizes, Use use, ToLongFunction<GroupSize> part) {
    return sizes.stream().filter(size -> size.group().use() == use).mapToLong(part).sum();
  }
}
