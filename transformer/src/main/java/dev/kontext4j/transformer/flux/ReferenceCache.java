package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Spares the reference tokens of one prompt and picture at some steps: text and noise attend to
/// the keys and values that the references had in every block when they were computed last.
public final class ReferenceCache implements AutoCloseable {

  /// Decides whether keys and values of an earlier step will do.
  @FunctionalInterface
  public interface Rule {
    /// Asked at every step.
    ///
    /// @param age how many steps ago they were computed
    /// @param change how much the references' modulation has changed since, relative to itself
    boolean keeps(int age, double change);
  }

  private final Rule rule;
  private final Scope store = Scope.store();
  private final Map<Integer, KeysValues> blocks = new HashMap<>();
  private @Nullable Tensor seen; // the modulated references of that earlier step
  private @Nullable Tensor next; // and of the step that is computed now
  private int computedAt;
  private int spared;

  public ReferenceCache(Rule rule) {
    this.rule = rule;
  }

  /// What it holds when a step is through.
  public static long bytes(FluxConfig config, long referenceTokens, DType dtype) {
    long blocks = (long) config.doubleBlocks() + config.singleBlocks();
    return 2 * blocks * referenceTokens * config.width() * dtype.bytes();
  }

  /// What becomes of the references at a step.
  ///
  /// @param references what [FluxTransformer#image] made of their tokens: (B, Lr, D)
  /// @param last the number of the last block: a step that does not get there has not been computed
  ReferencesAtStep at(Tensor references, Modulations modulations, int step, int last) {
    try (var _ = Scope.open()) {
      var now = modulations.imageInput(step).modulate(references);
      if (seen != null && rule.keeps(step - computedAt, RelativeChange.of(seen, now))) {
        return new ReferencesAtStep(null, block -> recall(block, last));
      }
      replace(next);
      next = store.adopt(now);
      return new ReferencesAtStep(
          references, block -> remember(block, references.size(1), step, last));
    }
  }

  private KeyMemory recall(int block, int last) {
    return own -> {
      if (block == last) {
        spared++;
      }
      return own.then(Objects.requireNonNull(blocks.get(block)));
    };
  }

  private KeyMemory remember(int block, long count, int step, int last) {
    return own -> {
      var ofReferences = own.last(count); // they stand behind all others
      store.adopt(ofReferences.keys());
      store.adopt(ofReferences.values());
      var before = blocks.put(block, ofReferences);
      if (before != null) {
        store.drop(before.keys());
        store.drop(before.values());
      }
      if (block == last) {
        replace(seen);
        seen = next;
        next = null;
        computedAt = step;
      }
      return own;
    };
  }

  private void replace(@Nullable Tensor tensor) {
    if (tensor != null) {
      store.drop(tensor);
    }
  }

  /// How many steps were computed without the references.
  public int spared() {
    return spared;
  }

  @Override
  public void close() {
    store.close();
  }
}
