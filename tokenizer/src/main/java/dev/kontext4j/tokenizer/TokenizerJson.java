package dev.kontext4j.tokenizer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The parts of a `tokenizer.json` that matter here: vocabulary, added tokens, character map.
final class TokenizerJson {
  private final Path file;
  private final JsonFile json;
  private @Nullable JsonToken kind;
  private @Nullable String vocab;
  private @Nullable String merges;
  private @Nullable String charsMap;
  private final List<AddedToken> addedTokens = new ArrayList<>();

  private TokenizerJson(Path file) {
    this.file = file;
    json = new JsonFile(file);
    json.read(this::field);
  }

  /// Reads a byte-pair vocabulary: an object of ids, and merges.
  static BpeVocabulary bpe(Path file) {
    var read = new TokenizerJson(file);
    if (read.kind != JsonToken.START_OBJECT || read.vocab == null || read.merges == null) {
      throw read.otherKind("byte-pair vocabulary with merges, as CLIP has");
    }
    return new BpeVocabulary(read.vocab, read.merges, read.addedTokens);
  }

  /// Reads a unigram vocabulary: an array of pieces with their scores.
  static UnigramVocabulary unigram(Path file) {
    var read = new TokenizerJson(file);
    if (read.kind != JsonToken.START_ARRAY || read.vocab == null) {
      throw read.otherKind("unigram vocabulary, as T5 has");
    }
    return new UnigramVocabulary(read.vocab, read.normalizer(), read.addedTokens, List.of());
  }

  private void field(String name, JsonParser value) throws IOException {
    switch (name) {
      case "model" -> json.members(value, this::modelField);
      case "normalizer" -> charsMap = charsMap(json.value(value));
      case "added_tokens" -> addTokens(json.value(value));
      default -> value.skipChildren();
    }
  }

  private void modelField(String name, JsonParser value) throws IOException {
    switch (name) {
      case "vocab" -> {
        kind = value.currentToken();
        vocab = json.raw(value);
      }
      case "merges" -> merges = json.raw(value);
      default -> value.skipChildren();
    }
  }

  private void addTokens(@Nullable Object array) {
    if (array instanceof List<?> tokens) {
      tokens.stream().map(AddedToken::of).filter(Objects::nonNull).forEach(addedTokens::add);
    }
  }

  /// The character map of the first normalizer that has one.
  private static @Nullable String charsMap(@Nullable Object normalizer) {
    if (!(normalizer instanceof Map<?, ?> fields)) {
      return null;
    }
    if (fields.get("precompiled_charsmap") instanceof String map) {
      return map;
    }
    return fields.get("normalizers") instanceof List<?> sequence
        ? sequence.stream()
            .map(TokenizerJson::charsMap)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null)
        : null;
  }

  private String normalizer() {
    return charsMap == null ? "null" : CharsMap.normalizer(file, charsMap);
  }

  private TokenizerException otherKind(String expected) {
    return new TokenizerException(
        file, "no " + expected, "Check that this is not the folder of the other text encoder");
  }
}
