package dev.kontext4j.tokenizer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The same with FLUX's own tokenizers, where `KONTEXT4J_REAL_TOKENIZERS` names a folder that has
/// `tokenizer/`, `tokenizer_2/` and `cases.json`: texts with the ids of transformers 5.23.
///
/// Where `cases.json` has several answers, ours is `clip` and `t5`. The others come from rules that
/// transformers 5 no longer follows: `t5_tokenizer_json` (prompt `nbsp_spaces`) obeys the
/// normalizer and pre-tokenizer in the file, to which U+0085 is an unknown piece and not white
/// space; `clip_tf4` is the older tokenizer in Python, which sets CJK characters apart, drops
/// control, format (zero-width, soft hyphen, joiner) and unassigned characters, and lower-cases a
/// final sigma.
class RealTokenizersTest {
  private static Path folder = Path.of("");

  @BeforeAll
  static void find() {
    var named = System.getenv("KONTEXT4J_REAL_TOKENIZERS");
    assumeTrue(named != null, "KONTEXT4J_REAL_TOKENIZERS is not set");
    folder = Path.of(Objects.requireNonNull(named));
  }

  @Test
  void clipIdsEqualTransformers() {
    try (var tokenizer = ClipTokenizer.open(folder.resolve("tokenizer"))) {
      compare(tokenizer, "clip");
    }
  }

  @Test
  void t5IdsEqualTransformers() {
    try (var tokenizer = T5Tokenizer.open(folder.resolve("tokenizer_2"))) {
      compare(tokenizer, "t5");
    }
  }

  @Test
  void t5IdsFromSentencepieceEqualTransformers() {
    var spiece = folder.resolve("spiece");
    assumeTrue(Files.exists(spiece.resolve("spiece.model")), "no spiece/spiece.model there");
    try (var tokenizer = T5Tokenizer.open(spiece)) {
      compare(tokenizer, "t5");
    }
  }

  private static void compare(PromptTokenizer tokenizer, String key) {
    var mismatches = new Mismatches();
    var cases = new JsonFile(folder.resolve("cases.json")).object().get("cases");
    for (var one : JsonValues.list(cases)) {
      var text = String.valueOf(JsonValues.map(one).get("text"));
      var expected = JsonValues.ids(JsonValues.map(one).get(key));
      mismatches.compare(text, expected, tokenizer.encode(text).ids());
    }
    mismatches.assertNone();
  }
}
