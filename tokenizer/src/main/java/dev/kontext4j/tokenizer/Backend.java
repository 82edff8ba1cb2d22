package dev.kontext4j.tokenizer;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.stream.Collectors;

/// The description of a native tokenizer, in the format of `tokenizer.json`. Special tokens around
/// the prompt, truncation and padding are left out: [Frame] does these.
///
/// @param addedTokens what is looked for in the text before anything else
/// @param normalizer JSON, or `null`
/// @param preTokenizer JSON
/// @param model JSON
record Backend(List<AddedToken> addedTokens, String normalizer, String preTokenizer, String model) {

  String json() {
    return """
    {"version": "1.0", "truncation": null, "padding": null,
    "added_tokens": [%s],
    "normalizer": %s,
    "pre_tokenizer": %s,
    "post_processor": null, "decoder": null,
    "model":\
    """
            .formatted(
                addedTokens.stream().map(Backend::json).collect(Collectors.joining(",\n")),
                normalizer,
                preTokenizer)
        + model
        + '}';
  }

  /// A JSON string.
  static String quote(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  // The native side asks the vocabulary for the id and ignores the one given here.
  private static String json(AddedToken token) {
    return """
    {"id": 0, "content": %s, "single_word": %b, "lstrip": %b, "rstrip": %b, \
    "normalized": %b, "special": true}\
    """
        .formatted(
            quote(token.content()),
            token.singleWord(),
            token.lstrip(),
            token.rstrip(),
            token.normalized());
  }
}
