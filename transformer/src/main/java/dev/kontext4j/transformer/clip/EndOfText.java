package dev.kontext4j.transformer.clip;

import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Finds the token whose state stands for a whole prompt.
///
/// @param eosToken `eos_token_id` of the config
record EndOfText(int eosToken) {
  /// The value that early configs hold by mistake, those of the published FLUX models among them.
  static final int NOT_SET = 2;

  /// The first place of the end-of-text token, 0 without one. Where the config does not know it, it
  /// is taken to be the highest of the ids, as it is in CLIP's vocabulary.
  int in(long[] ids) {
    long wanted = eosToken == NOT_SET ? LongStream.of(ids).max().orElseThrow() : eosToken;
    LongPredicate isEnd = id -> id == wanted;
    return IntStream.range(0, ids.length).filter(i -> isEnd.test(ids[i])).findFirst().orElse(0);
  }
}
