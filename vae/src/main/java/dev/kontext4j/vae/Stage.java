package dev.kontext4j.vae;

import dev.kontext4j.engine.Tensor;

/// One step of the way through the autoencoder: (B, C, H, W) to (B, C', H', W').
@FunctionalInterface
interface Stage {
  Tensor forward(Tensor x);
}
