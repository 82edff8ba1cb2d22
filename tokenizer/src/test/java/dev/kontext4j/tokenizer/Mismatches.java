package dev.kontext4j.tokenizer;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;

/// Compares ids prompt by prompt and reports every prompt that differs, with the first position.
final class Mismatches {
  private final List<String> lines = new ArrayList<>();
  private int compared;

  void compare(String prompt, List<Integer> expected, List<Integer> actual) {
    compared++;
    if (!expected.equals(actual)) {
      int at = 0;
      while (at < Math.min(expected.size(), actual.size())
          && expected.get(at).equals(actual.get(at))) {
        at++;
      }
      lines.add(
          "\"%s\" from position %d: expected %s, got %s (lengths %d, %d)"
              .formatted(
                  prompt,
                  at,
                  some(expected, at),
                  some(actual, at),
                  expected.size(),
                  actual.size()));
    }
  }

  int compared() {
    return compared;
  }

  void assertNone() {
    if (!lines.isEmpty()) {
      fail(lines.size() + " of " + compared + " prompts differ:\n" + String.join("\n", lines));
    }
  }

  private static List<Integer> some(List<Integer> ids, int from) {
    return ids.subList(from, Math.min(from + 8, ids.size()));
  }
}
