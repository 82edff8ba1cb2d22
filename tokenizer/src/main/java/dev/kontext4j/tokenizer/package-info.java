/// Text to token ids as CLIP and T5 want them. Knows no tensor.
///
/// The way in is [ClipTokenizer#open] and [T5Tokenizer#open], each with the folder of a model as
/// diffusers lays it out (`tokenizer/`, `tokenizer_2/`). Both give a [PromptTokenizer], which turns
/// a prompt into [TokenIds]: padded, cut to length, and saying what was cut.
///
/// The ids are those of transformers 5. That release no longer obeys the normalizer and the
/// pre-tokenizer written in a `tokenizer.json`: it takes the vocabulary from whatever file there is
/// and rebuilds the rest by the family's own rules. So does this package: the files are read for
/// their vocabulary ([BpeVocabulary], [UnigramVocabulary]) and special tokens ([SpecialTokens]),
/// [Backend] writes the rules around them, and Hugging Face's native tokenizer does the work.
/// Whichever file a vocabulary comes from, the ids are the same.
///
/// **Memory.** A [PromptTokenizer] owns one native tokenizer (about 8 MB for CLIP, 30 MB for T5)
/// from `open` to `close`; nothing else here holds native memory longer than a call. The native
/// library itself is unpacked once into a cache folder ([NativeCache]) and stays loaded until the
/// process ends.
@NullMarked
package dev.kontext4j.tokenizer;

import org.jspecify.annotations.NullMarked;
