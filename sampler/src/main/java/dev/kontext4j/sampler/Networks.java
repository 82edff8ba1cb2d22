package dev.kontext4j.sampler;

import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.engine.weights.Overlay;
import dev.kontext4j.sampler.plan.TextSizes;
import dev.kontext4j.transformer.flux.FluxTransformer;
import dev.kontext4j.vae.AutoEncoder;
import java.util.Map;

/// The networks that every step and every picture needs, so that their weights stay: as many of the
/// transformer's as the plan of a request says.
final class Networks implements AutoCloseable {
  private final ModelPart<FluxTransformer> transformer;
  private final ModelPart<AutoEncoder> vae;

  private Networks(ModelPart<FluxTransformer> transformer, ModelPart<AutoEncoder> vae) {
    this.transformer = transformer;
    this.vae = vae;
  }

  static Networks open(ModelFiles model, Computing computing) {
    var transformer = FluxTransformer.open(model.part(PartKind.TRANSFORMER), computing);
    try {
      return new Networks(transformer, AutoEncoder.open(model.part(PartKind.VAE), computing));
    } catch (RuntimeException e) {
      transformer.close();
      throw e;
    }
  }

  /// How a planner sees the model.
  ///
  /// @param text of the other networks
  ModelSurvey survey(ModelFiles model, TextSizes text) {
    return ModelSurvey.of(model, transformer, vae, text);
  }

  /// Makes room for a plan, and goes on under it. What does not stay is freed here; what is to stay
  /// is read when it is used.
  void follow(MemoryPlan plan) {
    transformer.follow(plan.transformer());
    transformer.rest(plan.waiting());
  }

  /// From now on the transformer's weights are changed by this.
  void overlay(Overlay next) {
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
