package dev.kontext4j.tokenizer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The special tokens of a tokenizer: those with a role, and everything that is looked for in the
/// text before the vocabulary is.
final class SpecialTokens {
  private final Map<String, AddedToken> byContent = new LinkedHashMap<>();
  private final Map<String, String> byRole = new LinkedHashMap<>();

  /// Collects them in transformers' order, which decides the id of a token that no vocabulary has.
  ///
  /// @param defaults the family's tokens for roles of which the config says nothing
  /// @param inFile tokens that the vocabulary's file adds
  /// @param extras tokens without a role, where the config names none
  SpecialTokens(
      TokenizerConfig config,
      Map<String, String> defaults,
      List<AddedToken> inFile,
      List<AddedToken> extras) {
    config.addedTokens().forEach(this::add);
    if (!config.isModern()) {
      inFile.forEach(this::add);
    }
    for (var role : config.roles()) {
      var named = config.named(role);
      if (named == null && defaults.containsKey(role)) {
        named = AddedToken.special(defaults.get(role));
      }
      if (named != null) {
        byRole.put(role, named.content());
        add(named);
      }
    }
    var listed = config.extras();
    (listed == null ? extras : listed).forEach(this::add);
  }

  /// The token with a role, which the family's defaults guarantee.
  String role(String role) {
    var content = byRole.get(role);
    if (content == null) {
      throw new IllegalArgumentException("no default for " + role);
    }
    return content;
  }

  List<AddedToken> all() {
    return new ArrayList<>(byContent.values());
  }

  private void add(AddedToken token) {
    byContent.putIfAbsent(token.content(), token);
  }
}
