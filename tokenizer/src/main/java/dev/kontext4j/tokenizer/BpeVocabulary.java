package dev.kontext4j.tokenizer;

import java.nio.file.Path;
import java.util.List;

/// A byte-pair vocabulary.
///
/// @param vocab JSON object of ids by piece
/// @param merges JSON array of pairs, the first to be merged first
/// @param addedTokens what its file adds
record BpeVocabulary(String vocab, String merges, List<AddedToken> addedTokens) {

  /// Reads `vocab.json` and `merges.txt`.
  static BpeVocabulary of(Path vocab, Path merges) {
    return new BpeVocabulary(new JsonFile(vocab).text(), merges(merges), List.of());
  }

  private static String merges(Path file) {
    var json = new StringBuilder("[");
    ModelFile.text(file)
        .lines()
        .filter(line -> !line.isEmpty() && !line.startsWith("#version"))
        .forEach(line -> json.append(json.length() > 1 ? "," : "").append(pair(file, line)));
    return json.append(']').toString();
  }

  private static String pair(Path file, String line) {
    int space = line.indexOf(' ');
    if (space < 0 || space != line.lastIndexOf(' ')) {
      throw TokenizerException.damaged(file, "\"" + line + "\" is not a pair of pieces", null);
    }
    return Backend.quote(line);
  }
}
