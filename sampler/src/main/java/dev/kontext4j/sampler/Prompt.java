package dev.kontext4j.sampler;

/// What a picture shall show.
///
/// @param clip the text for the CLIP encoder, which sets the overall mood
/// @param t5 the text for the T5 encoder, which reads every word
public record Prompt(String clip, String t5) {
  /// One text for both encoders.
  public static Prompt of(String text) {
    return new Prompt(text, text);
  }
}
