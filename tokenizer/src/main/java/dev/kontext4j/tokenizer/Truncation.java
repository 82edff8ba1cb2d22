package dev.kontext4j.tokenizer;

import java.util.regex.Pattern;

/// What a prompt that was too long has lost.
///
/// @param kept the beginning of the prompt, which the model sees
/// @param lost the rest, which it does not see
/// @param lostTokens how many tokens the lost text has
public record Truncation(String kept, String lost, int lostTokens) {
  private static final Pattern WORD = Pattern.compile("\\S+");

  /// Cuts `prompt` before index `at`; white space at the cut belongs to neither side.
  static Truncation of(String prompt, int at, int lostTokens) {
    return new Truncation(
        prompt.substring(0, at).stripTrailing(), prompt.substring(at).strip(), lostTokens);
  }

  /// The number of words in the lost text; a word that was cut in two counts.
  public int lostWords() {
    return (int) WORD.matcher(lost).results().count();
  }
}
