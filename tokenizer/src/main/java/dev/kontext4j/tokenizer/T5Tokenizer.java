package dev.kontext4j.tokenizer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// T5's rules: unigram pieces, `▁` begins a word, all white space is one, up to 512 positions.
///
/// [transformers
/// 5.23](https://github.com/huggingface/transformers/blob/v5.23.0/src/transformers/models/t5/tokenization_t5.py)
public final class T5Tokenizer {
  private static final int POSITIONS = 512;
  private static final int EXTRA_IDS = 100;

  private static final Map<String, String> DEFAULTS =
      Map.of("eos_token", "</s>", "unk_token", "<unk>", "pad_token", "<pad>");

  private static final String PRE_TOKENIZER =
      """
      {"type": "Sequence", "pretokenizers": [
        {"type": "WhitespaceSplit"},
        {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true}]}\
      """;

  private T5Tokenizer() {}

  /// How many ids the tokenizer in `folder` makes of a prompt; only its settings are read.
  public static int length(Path folder) {
    return TokenizerConfig.read(folder).length(POSITIONS, 1);
  }

  /// Opens the tokenizer in `folder`: `tokenizer.json`, or else `spiece.model`.
  ///
  /// @throws TokenizerException if a file is missing, damaged or not T5's
  public static PromptTokenizer open(Path folder) {
    var config = TokenizerConfig.read(folder);
    int extraIds = config.number("extra_ids").orElse(EXTRA_IDS);
    Path file = ModelFile.first(folder, "tokenizer.json", "spiece.model");
    var vocabulary =
        file.endsWith("tokenizer.json")
            ? TokenizerJson.unigram(file)
            : SentencePiece.unigram(file, extraIds);
    var extras = Stream.concat(vocabulary.controls().stream(), extraTokens(extraIds)).toList();
    var special = new SpecialTokens(config, DEFAULTS, vocabulary.addedTokens(), extras);
    var backend =
        new Backend(special.all(), vocabulary.normalizer(), PRE_TOKENIZER, model(vocabulary));
    return PromptTokenizer.of(
        NativeTokenizer.of(file, backend.json()),
        tokens ->
            new Frame(
                List.of(),
                List.of(tokens.special(special.role("eos_token"))),
                tokens.special(special.role("pad_token")),
                config.length(POSITIONS, 1)));
  }

  // The reference fixes the unknown piece at 2, whatever the file says.
  private static String model(UnigramVocabulary vocabulary) {
    return """
    {"type": "Unigram", "unk_id": 2, "byte_fallback": false, "vocab": %s}\
    """
        .formatted(vocabulary.vocab());
  }

  private static Stream<AddedToken> extraTokens(int count) {
    return IntStream.range(0, count).mapToObj(i -> AddedToken.special("<extra_id_" + i + ">"));
  }
}
