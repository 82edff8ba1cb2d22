package dev.kontext4j.sampler;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.quant.Precision;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.transformer.flux.FluxTransformer;
import dev.kontext4j.vae.AutoEncoder;

/// The networks that every step and every picture needs, so that their weights stay.
record Networks(ModelPart<FluxTransformer> transformerPart, ModelPart<AutoEncoder> vaePart)
    implements AutoCloseable {

  static Networks open(
      ModelFiles model, DType dtype, Precision precision, Device device, MemoryPlan plan) {
    var transformer =
        FluxTransformer.open(
            model.part(PartKind.TRANSFORMER), dtype, precision, device, plan.transformer());
    try {
      return new Networks(transformer, AutoEncoder.open(model.part(PartKind.VAE), dtype, device));
    } catch (RuntimeException e) {
      transformer.close();
      throw e;
    }
  }

  FluxTransformer transformer() {
    return transformerPart.network();
  }

  AutoEncoder vae() {
    return vaePart.network();
  }

  /// How many pixels a token covers in each direction.
  int tokenSide() {
    return vae().config().downsampling() * LatentTokens.PATCH;
  }

  @Override
  public void close() {
    vaePart.close();
    transformerPart.close();
  }
}
