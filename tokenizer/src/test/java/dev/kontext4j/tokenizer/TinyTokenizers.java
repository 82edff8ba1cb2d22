package dev.kontext4j.tokenizer;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/// The tokenizers among the test resources; see the README there.
final class TinyTokenizers {
  private TinyTokenizers() {}

  static Path path(String name) {
    try {
      return Path.of(Objects.requireNonNull(TinyTokenizers.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  static PromptTokenizer open(String name) {
    return name.startsWith("clip") ? ClipTokenizer.open(path(name)) : T5Tokenizer.open(path(name));
  }
}
