package dev.kontext4j.tokenizer;

import java.util.List;
import java.util.Optional;

/// A prompt as an encoder takes it.
///
/// @param ids as many as the encoder has positions: special tokens, the prompt, padding
/// @param pieces the vocabulary's own spelling of the ids before the padding (`▁cat`, `cat</w>`)
/// @param truncation what did not fit, if anything
public record TokenIds(List<Integer> ids, List<String> pieces, Optional<Truncation> truncation) {
  public TokenIds {
    ids = List.copyOf(ids);
    pieces = List.copyOf(pieces);
  }

  /// The number of ids before the padding, special tokens included.
  public int used() {
    return pieces.size();
  }

  /// The ids as a tensor wants them.
  public long[] toArray() {
    return ids.stream().mapToLong(Integer::longValue).toArray();
  }
}
