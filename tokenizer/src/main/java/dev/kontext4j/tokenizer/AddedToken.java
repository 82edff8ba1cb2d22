package dev.kontext4j.tokenizer;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A token that is looked for in the text before anything else, with the flags of Hugging Face's
/// class of that name. One that is `normalized` is looked for in the normalized text.
record AddedToken(
    String content, boolean singleWord, boolean lstrip, boolean rstrip, boolean normalized) {

  /// A special token without flags, as a plain name in a config makes it.
  static AddedToken special(String content) {
    return new AddedToken(content, false, false, false, false);
  }

  /// Reads a token written as a name or as an object; null if it is neither.
  static @Nullable AddedToken of(@Nullable Object json) {
    if (json instanceof String content) {
      return special(content);
    }
    if (json instanceof Map<?, ?> flags && flags.get("content") instanceof String content) {
      boolean special = flag(flags, "special", false);
      return new AddedToken(
          content,
          flag(flags, "single_word", false),
          flag(flags, "lstrip", false),
          flag(flags, "rstrip", false),
          flag(flags, "normalized", !special));
    }
    return null;
  }

  private static boolean flag(Map<?, ?> flags, String name, boolean otherwise) {
    return flags.get(name) instanceof Boolean value ? value : otherwise;
  }
}
