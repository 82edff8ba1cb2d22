package dev.kontext4j.tokenizer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// CLIP's rules: lower-cased byte pairs, `</w>` ends a word, 77 positions.
///
/// [transformers
/// 5.23](https://github.com/huggingface/transformers/blob/v5.23.0/src/transformers/models/clip/tokenization_clip.py)
public final class ClipTokenizer {
  private static final int POSITIONS = 77;

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "bos_token", "<|startoftext|>",
          "eos_token", "<|endoftext|>",
          "unk_token", "<|endoftext|>",
          "pad_token", "<|endoftext|>");

  private static final String NORMALIZER =
      """
      {"type": "Sequence", "normalizers": [
        {"type": "NFC"},
        {"type": "Replace", "pattern": {"Regex": "\\\\s+"}, "content": " "},
        {"type": "Lowercase"}]}\
      """;

  private static final String WORDS =
      "<\\|startoftext\\|>|<\\|endoftext\\|>"
          + "|'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

  private static final String PRE_TOKENIZER =
      """
      {"type": "Sequence", "pretokenizers": [
        {"type": "Split", "pattern": {"Regex": %s}, "behavior": "Removed", "invert": true},
        {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true}]}\
      """
          .formatted(Backend.quote(WORDS));

  private ClipTokenizer() {}

  /// Opens the tokenizer in `folder`: `tokenizer.json`, or else `vocab.json` and `merges.txt`.
  ///
  /// @throws TokenizerException if a file is missing, damaged or not CLIP's
  public static PromptTokenizer open(Path folder) {
    var config = TokenizerConfig.read(folder);
    Path file = ModelFile.first(folder, "tokenizer.json", "vocab.json");
    var vocabulary =
        file.endsWith("tokenizer.json")
            ? TokenizerJson.bpe(file)
            : BpeVocabulary.of(file, folder.resolve("merges.txt"));
    var special = new SpecialTokens(config, DEFAULTS, vocabulary.addedTokens(), List.of());
    var model = model(vocabulary, special.role("unk_token"));
    var backend = new Backend(special.all(), NORMALIZER, PRE_TOKENIZER, model);
    return PromptTokenizer.of(
        NativeTokenizer.of(file, backend.json()),
        tokens ->
            new Frame(
                List.of(tokens.special(special.role("bos_token"))),
                List.of(tokens.special(special.role("eos_token"))),
                tokens.special(special.role("pad_token")),
                config.length(POSITIONS, 2)));
  }

  private static String model(BpeVocabulary vocabulary, String unknown) {
    return """
    {"type": "BPE", "dropout": null, "unk_token": %s, "continuing_subword_prefix": "",
    "end_of_word_suffix": "</w>", "fuse_unk": false, "byte_fallback": false,
    "ignore_merges": false, "vocab": %s, "merges": %s}\
    """
        .formatted(Backend.quote(unknown), vocabulary.vocab(), vocabulary.merges());
  }
}
