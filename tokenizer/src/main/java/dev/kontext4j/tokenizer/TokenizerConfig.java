package dev.kontext4j.tokenizer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `tokenizer_config.json`, and the two older files that say the same. Each may be absent.
///
/// As in transformers, the older files count only where the config has no `added_tokens_decoder`.
final class TokenizerConfig {
  private static final List<String> ROLES =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "sep_token",
          "pad_token",
          "cls_token",
          "mask_token");
  private static final String DECODER = "added_tokens_decoder";

  private final Path file;
  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> addedTokens = new LinkedHashMap<>();

  private TokenizerConfig(Path folder) {
    file = folder.resolve("tokenizer_config.json");
    fields.putAll(optional(file));
    if (!isModern()) {
      fields.putAll(optional(folder.resolve("special_tokens_map.json")));
      addedTokens.putAll(optional(folder.resolve("added_tokens.json")));
    }
    requireRight("padding_side");
    requireRight("truncation_side");
  }

  static TokenizerConfig read(Path folder) {
    return new TokenizerConfig(folder);
  }

  /// Whether the config lists the added tokens itself, so that no other file is asked.
  boolean isModern() {
    return fields.containsKey(DECODER);
  }

  /// The added tokens listed by id, in the order of their ids.
  List<AddedToken> addedTokens() {
    if (fields.get(DECODER) instanceof Map<?, ?> byId) {
      var sorted = new TreeMap<Integer, @Nullable Object>();
      byId.forEach((id, token) -> sorted.put(id(String.valueOf(id)), token));
      return sorted.values().stream().map(AddedToken::of).filter(Objects::nonNull).toList();
    }
    return addedTokens.entrySet().stream()
        .sorted(Comparator.comparingDouble(entry -> entry.getValue() instanceof Double id ? id : 0))
        .map(Map.Entry::getKey)
        .map(content -> new AddedToken(content, false, false, false, !isNamed(content)))
        .toList();
  }

  /// The roles that special tokens may have here: the usual ones, then what else the config names.
  List<String> roles() {
    var others = fields.keySet().stream().filter(key -> key.endsWith("_token"));
    return Stream.concat(ROLES.stream(), others).distinct().toList();
  }

  /// The special token with a role (`bos_token`, `pad_token`, ...), if the config names one.
  @Nullable AddedToken named(String role) {
    return AddedToken.of(fields.get(role));
  }

  /// Special tokens without a role; null if the config says nothing about such.
  @Nullable List<AddedToken> extras() {
    for (var key : List.of("extra_special_tokens", "additional_special_tokens")) {
      if (fields.get(key) instanceof List<?> list) {
        return list.stream().map(AddedToken::of).filter(Objects::nonNull).toList();
      }
    }
    return null;
  }

  /// A whole number of the config.
  OptionalInt number(String key) {
    return fields.get(key) instanceof Double value && value == Math.rint(value)
        ? OptionalInt.of((int) Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE))
        : OptionalInt.empty();
  }

  /// `longest`, or `model_max_length` where the config names a smaller one. (For "no limit" configs
  /// say 1e30.)
  int length(int longest, int overhead) {
    int length = Math.min(longest, number("model_max_length").orElse(longest));
    if (length < overhead) {
      throw TokenizerException.damaged(file, "model_max_length is " + length, null);
    }
    return length;
  }

  private boolean isNamed(String content) {
    return roles().stream()
        .map(this::named)
        .anyMatch(token -> token != null && token.content().equals(content));
  }

  private void requireRight(String key) {
    if (fields.get(key) instanceof String side && !side.equals("right")) {
      throw new TokenizerException(
          file, key + " is \"" + side + '"', "Only \"right\" is served: the encoders expect it");
    }
  }

  private int id(String key) {
    try {
      return Integer.parseInt(key);
    } catch (NumberFormatException e) {
      throw TokenizerException.damaged(file, DECODER + " has the key \"" + key + '"', e);
    }
  }

  private static Map<String, @Nullable Object> optional(Path file) {
    return Files.exists(file) ? new JsonFile(file).object() : Map.of();
  }
}
