package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.Tensor;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// What becomes of the reference tokens at one step.
///
/// @param computed those that are computed: (B, Lr, D); none if there are none, or none this time
/// @param keys what each block remembers of them
record ReferencesAtStep(@Nullable Tensor computed, IntFunction<KeyMemory> keys) {

  /// At a step at which nothing is remembered.
  static ReferencesAtStep allOf(@Nullable Tensor references) {
    return new ReferencesAtStep(references, _ -> KeyMemory.NONE);
  }

  /// The image stream: noise tokens (B, Ln, D), and behind them what is computed.
  Tensor behind(Tensor noise) {
    return computed == null ? noise : Tensor.cat(List.of(noise, computed), 1);
  }
}
