package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.nn.Linear;
import dev.kontext4j.engine.weights.Weights;

/// From the stream back to the channels of an image token.
record FinalLayer(Linear mod, Linear linear) {

  static FinalLayer load(Weights weights, FluxConfig config) {
    long d = config.width();
    return new FinalLayer(
        Linear.load(weights.at("adaLN_modulation").at(1).once(), d, 2 * d), // shift, scale
        Linear.load(weights.at("linear"), d, config.outChannels()));
  }

  ModulationTable modulations(Tensor activated) {
    return ModulationTable.ofFinal(mod, activated);
  }

  Tensor forward(Tensor x, Modulation modulation) {
    return Scope.tidy(() -> linear.forward(modulation.modulate(x)));
  }
}
