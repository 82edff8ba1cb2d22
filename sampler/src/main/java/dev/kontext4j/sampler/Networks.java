package dev.kontext4j.sampler;

import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.residency.Residency;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.engine.weights.Overlay;
import dev.kontext4j.transformer.flux.FluxTransformer;
import dev.kontext4j.vae.AutoEncoder;
import java.util.Map;
import java.util.function.Function;

/// The networks that every step and every picture needs, so that their weights stay: as many of the
/// transformer's as a plan says, and it may become another plan.
final class Networks implements AutoCloseable {
  private final Function<Residency, ModelPart<FluxTransformer>> opening;
  private final ModelPart<AutoEncoder> vae;
  private ModelPart<FluxTransformer> transformer;
  private Overlay overlay = Overlay.NONE;

  private Networks(
      Function<Residency, ModelPart<FluxTransformer>> opening,
      ModelPart<FluxTransformer> transformer,
      ModelPart<AutoEncoder> vae) {
    this.opening = opening;
    this.transformer = transformer;
    this.vae = vae;
  }

  static Networks open(ModelFiles model, Computing computing, Residency plan) {
    var files = model.part(PartKind.TRANSFORMER);
    Function<Residency, ModelPart<FluxTransformer>> opening =
        residency -> FluxTransformer.open(files, computing, residency);
    var transformer = opening.apply(plan);
    try {
      return new Networks(
          opening, transformer, AutoEncoder.open(model.part(PartKind.VAE), computing));
    } catch (RuntimeException e) {
      transformer.close();
      throw e;
    }
  }

  /// Goes on under another plan. What stayed of the transformer's weights is freed before anything
  /// is read anew.
  void reopen(Residency plan) {
    transformer.close();
    transformer = opening.apply(plan);
    transformer.overlay(overlay);
  }

  /// From now on the transformer's weights are changed by this.
  void overlay(Overlay next) {
    overlay = next;
    transformer.overlay(next);
  }

  FluxTransformer transformer() {
    return transformer.network();
  }

  Map<String, long[]> transformerParameters() {
    return transformer.parameters();
  }

  AutoEncoder vae() {
    return vae.network();
  }

  /// How many pixels a token covers in each direction.
  int tokenSide() {
    return vae().config().downsampling() * LatentTokens.PATCH;
  }

  @Override
  public void close() {
    vae.close();
    transformer.close();
  }
}
