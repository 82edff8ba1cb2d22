package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import org.jspecify.annotations.Nullable;

/// Spares whole steps of one prompt and picture: a cheap look tells how far a step is from an
/// earlier one, and if a rule finds it near enough, what the blocks have added to the noise tokens
/// then is added again.
public final class StepCache implements AutoCloseable {

  /// What is looked at.
  public enum Look {
    /// What the first block adds to the image tokens, against the last step that was computed.
    /// (First-block cache.)
    FIRST_BLOCK,
    /// What the first block's image stream is given, normalised and modulated, against the step
    /// before. (TeaCache.)
    MODULATED_INPUT
  }

  private final Look look;
  private final StepRule rule;
  private final boolean noiseAlone;
  private final Scope store = Scope.store();
  private @Nullable Tensor seen;
  private @Nullable Tensor added;
  private int spared;

  /// One that remembers nothing yet.
  ///
  /// @param noiseAlone look at the noise tokens alone, for the others may not be computed
  public StepCache(Look look, StepRule rule, boolean noiseAlone) {
    this.look = look;
    this.rule = rule;
    this.noiseAlone = noiseAlone;
  }

  /// As [Blocks#forward], or nearly so.
  Tensor forward(Blocks blocks, Tokens in, Moment at) {
    try (var scope = Scope.open()) {
      scope.adopt(in.img());
      boolean headFirst = look == Look.FIRST_BLOCK;
      var start = headFirst ? blocks.first(in, at) : in;
      var noise = start.img().narrow(1, 0, at.noiseTokens());
      var now = looked(in, start, at);
      if (rule.spares(at.step(), change(now)) && added != null) {
        spared++;
        if (!headFirst) {
          seen = inPlaceOf(seen, now);
        }
        return scope.keep(noise.add(added));
      }
      if (headFirst) {
        scope.drop(in.img());
      }
      var behind = blocks.forward(start, headFirst ? 1 : 0, at);
      seen = inPlaceOf(seen, now);
      added = inPlaceOf(added, behind.sub(noise));
      return scope.keep(behind);
    }
  }

  private Tensor looked(Tokens in, Tokens start, Moment at) {
    return Scope.tidy(() ->
        switch (look) {
          case FIRST_BLOCK -> part(start.img(), at).sub(part(in.img(), at));
          case MODULATED_INPUT ->
              at.modulations().imageInput(at.step()).modulate(part(in.img(), at));
        });
  }

  /// Of the image stream, what is looked at.
  private Tensor part(Tensor img, Moment at) {
    return noiseAlone ? img.narrow(1, 0, at.noiseTokens()) : img;
  }

  private double change(Tensor now) {
    return seen == null ? Double.POSITIVE_INFINITY : RelativeChange.of(seen, now);
  }

  private Tensor inPlaceOf(@Nullable Tensor before, Tensor now) {
    if (before != null) {
      store.drop(before);
    }
    return store.adopt(now);
  }

  /// How many steps were not computed.
  public int spared() {
    return spared;
  }

  @Override
  public void close() {
    store.close();
  }
}
