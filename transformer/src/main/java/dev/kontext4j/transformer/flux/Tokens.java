package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.Tensor;
import java.util.List;

/// The two streams of a double block: image (B, Li, D) and text (B, Lt, D).
record Tokens(Tensor img, Tensor txt) {

  /// One stream, text first: (B, L, D).
  Tensor joined() {
    return Tensor.cat(List.of(txt, img), 1);
  }
}
