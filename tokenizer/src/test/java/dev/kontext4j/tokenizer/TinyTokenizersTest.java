package dev.kontext4j.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ids equal transformers' for every way in which a vocabulary is stored.
///
/// The tokenizer.json of `t5` carries a normalizer and a pre-tokenizer of its own, which
/// transformers 4 obeyed and 5 does not; `expected.json` is transformers 5.
class TinyTokenizersTest {
  private static final Map<String, @Nullable Object> EXPECTED =
      new JsonFile(TinyTokenizers.path("expected.json")).object();

  @ParameterizedTest
  @ValueSource(strings = {"clip", "clip-json", "t5", "t5-spiece"})
  void idsEqualTransformers(String name) {
    var prompts = JsonValues.list(EXPECTED.get("prompts"));
    var expected = JsonValues.map(EXPECTED.get(name));
    int length = JsonValues.integer(expected.get("length"));
    int pad = JsonValues.integer(expected.get("pad"));
    var rows = JsonValues.list(expected.get("ids"));
    var mismatches = new Mismatches();
    try (var tokenizer = TinyTokenizers.open(name)) {
      assertEquals(length, tokenizer.length());
      for (int i = 0; i < prompts.size(); i++) {
        var prompt = String.valueOf(prompts.get(i));
        var ids = tokenizer.encode(prompt).ids();
        mismatches.compare(prompt, padded(JsonValues.ids(rows.get(i)), length, pad), ids);
      }
    }
    assertTrue(mismatches.compared() >= 60);
    mismatches.assertNone();
  }

  private static List<Integer> padded(List<Integer> ids, int length, int pad) {
    var all = new ArrayList<>(ids);
    all.addAll(Collections.nCopies(length - ids.size(), pad));
    return all;
  }
}
