package dev.kontext4j.tokenizer;

/// One token of a text.
///
/// @param piece its spelling in the vocabulary
/// @param start where it begins in the text, counted in code points
record Token(int id, String piece, int start) {}
