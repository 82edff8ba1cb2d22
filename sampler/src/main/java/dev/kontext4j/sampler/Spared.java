package dev.kontext4j.sampler;

/// How much of a picture's steps was not computed. A step counts once for each prompt.
///
/// @param steps all of them
/// @param taken those whose result was taken from the step before
/// @param withoutReferences those that were computed with the references' keys and values of a step
///   before
public record Spared(int steps, int taken, int withoutReferences) {
  /// Of no steps.
  public static final Spared NONE = new Spared(0, 0, 0);

  /// Of both.
  public Spared plus(Spared other) {
    return new Spared(
        steps + other.steps, taken + other.taken, withoutReferences + other.withoutReferences);
  }
}
