package dev.kontext4j.tokenizer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// What stands around a prompt's tokens: how the encoder was taught to see a text.
///
/// @param before special tokens before the prompt (CLIP: begin of text; T5: none)
/// @param after special tokens after it (end of text)
/// @param pad fills the rest
/// @param length the number of positions
record Frame(List<Token> before, List<Token> after, Token pad, int length) {

  /// The special tokens, which even an empty prompt needs.
  int overhead() {
    return before.size() + after.size();
  }

  /// Lays out the tokens of `prompt`: as many as fit, then padding.
  TokenIds lay(String prompt, List<Token> tokens) {
    int room = length - overhead();
    var fitting = tokens.subList(0, Math.min(room, tokens.size()));
    var used = new ArrayList<>(before);
    used.addAll(fitting);
    used.addAll(after);
    var ids = new ArrayList<>(used.stream().map(Token::id).toList());
    ids.addAll(Collections.nCopies(length - used.size(), pad.id()));
    return new TokenIds(ids, used.stream().map(Token::piece).toList(), cut(prompt, tokens, room));
  }

  Frame withLength(int shorter) {
    return new Frame(before, after, pad, shorter);
  }

  private static Optional<Truncation> cut(String prompt, List<Token> tokens, int room) {
    if (tokens.size() <= room) {
      return Optional.empty();
    }
    int at = prompt.offsetByCodePoints(0, tokens.get(room).start());
    return Optional.of(Truncation.of(prompt, at, tokens.size() - room));
  }
}
