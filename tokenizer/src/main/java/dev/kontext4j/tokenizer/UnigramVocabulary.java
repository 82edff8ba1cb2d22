package dev.kontext4j.tokenizer;

import java.util.List;

/// A unigram vocabulary.
///
/// @param vocab JSON array of pieces with scores
/// @param normalizer JSON of what happens to the text first, or `null` (the JSON word)
/// @param addedTokens what its file adds to the special tokens, unless the config lists them all
/// @param controls what its file marks as special, unless the config names special tokens
record UnigramVocabulary(
    String vocab, String normalizer, List<AddedToken> addedTokens, List<AddedToken> controls) {}
