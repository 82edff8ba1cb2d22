package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.Tensor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What may be taken from earlier steps of one prompt and picture instead of being computed.
public record Shortcuts(Optional<StepCache> steps, Optional<ReferenceCache> references)
    implements AutoCloseable {
  /// Everything is computed.
  public static final Shortcuts NONE = new Shortcuts(Optional.empty(), Optional.empty());

  ReferencesAtStep references(
      @Nullable Tensor tokens, Modulations modulations, int step, Blocks blocks) {
    return tokens == null || references.isEmpty()
        ? ReferencesAtStep.allOf(tokens)
        : references.get().at(tokens, modulations, step, blocks.count() - 1);
  }

  /// The noise tokens behind the last block: (B, Ln, D).
  Tensor through(Blocks blocks, Tokens in, Moment at) {
    return steps.isPresent() ? steps.get().forward(blocks, in, at) : blocks.forward(in, at);
  }

  @Override
  public void close() {
    steps.ifPresent(StepCache::close);
    references.ifPresent(ReferenceCache::close);
  }
}
