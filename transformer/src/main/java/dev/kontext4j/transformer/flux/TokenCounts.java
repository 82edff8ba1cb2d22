package dev.kontext4j.transformer.flux;

/// How many tokens a step is about.
///
/// @param noise of the picture that is made
public record TokenCounts(long text, long noise, long references) {

  public long all() {
    return text + noise + references;
  }
}
