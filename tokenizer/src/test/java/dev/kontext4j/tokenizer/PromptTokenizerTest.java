package dev.kontext4j.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromptTokenizerTest {

  @Test
  void truncationTellsTheLostWords() {
    try (var clip = TinyTokenizers.open("clip")) {
      var cut = clip.encode("cat ".repeat(75) + " Wear a  HAT\n").truncation().orElseThrow();
      assertEquals("Wear a  HAT", cut.lost());
      assertEquals(3, cut.lostWords());
      assertTrue(cut.lostTokens() >= 3);
      assertEquals("cat ".repeat(75).strip(), cut.kept());
    }
  }

  @Test
  void truncationCountsCharactersAsTheUserTypedThem() {
    try (var clip = TinyTokenizers.open("clip")) {
      // Emoji are two chars each in Java, one character to the tokenizer, several tokens to CLIP;
      // "e" and its accent become one character before tokens are counted.
      var cut = clip.encode("🐱 e\u0301 ".repeat(5) + "cat ".repeat(77) + "🔥 end").truncation();
      var lost = cut.orElseThrow().lost();
      assertTrue(lost.startsWith("cat cat "), lost);
      assertTrue(lost.endsWith("cat 🔥 end"), lost);
    }
  }

  @Test
  void everyPromptIsKeptPlusLost() {
    try (var t5 = TinyTokenizers.open("t5")) {
      String prompt = "the quick brown fox, ".repeat(9).strip();
      for (int cap = 1; cap <= t5.length(); cap++) {
        var cut = t5.encode(prompt, cap).truncation().orElseThrow();
        assertEquals(
            prompt.replace(" ", ""), (cut.kept() + cut.lost()).replace(" ", ""), "cap " + cap);
      }
    }
  }

  @Test
  void aPromptThatFitsIsNotTruncated() {
    try (var clip = TinyTokenizers.open("clip")) {
      assertTrue(clip.encode("cat ".repeat(75)).truncation().isEmpty());
      assertEquals(77, clip.encode("cat ".repeat(75)).used());
      assertTrue(clip.encode("cat ".repeat(76)).truncation().isPresent());
      assertEquals(2, clip.encode("").used());
    }
  }

  @Test
  void aSmallerCapPadsAndCutsToIt() {
    try (var t5 = TinyTokenizers.open("t5-spiece")) {
      assertEquals(16, t5.encode("cat", 16).ids().size());
      assertEquals(512, t5.encode("cat", 9999).ids().size());
      assertEquals(t5.encode("cat", 1).ids(), t5.encode("", 1).ids());
      assertThrows(IllegalArgumentException.class, () -> t5.encode("cat", 0));
    }
  }

  @Test
  void piecesAreThoseOfTheVocabulary() {
    try (var clip = TinyTokenizers.open("clip");
        var t5 = TinyTokenizers.open("t5")) {
      var pieces = clip.encode("a CAT").pieces();
      assertEquals("<|startoftext|>", pieces.getFirst());
      assertEquals("<|endoftext|>", pieces.getLast());
      assertEquals("a</w>", pieces.get(1));
      assertEquals("</s>", t5.encode("a cat").pieces().getLast());
      assertTrue(t5.encode("a cat").pieces().getFirst().startsWith("▁"));
    }
  }

  @Test
  void halfOfASurrogatePairIsReplaced() {
    try (var t5 = TinyTokenizers.open("t5")) {
      assertEquals(t5.encode("a \uFFFD cat").ids(), t5.encode("a \uD83D cat").ids());
    }
  }

  @Test
  void threadsMayShareATokenizer() {
    try (var clip = TinyTokenizers.open("clip")) {
      var alone = clip.encode("make the cat wear a red hat").ids();
      assertTrue(
          IntStream.range(0, 500)
              .parallel()
              .allMatch(_ -> clip.encode("make the cat wear a red hat").ids().equals(alone)));
    }
  }

  @Test
  void encodingAfterCloseIsRefused() {
    var clip = TinyTokenizers.open("clip");
    clip.close();
    clip.close();
    assertThrows(IllegalStateException.class, () -> clip.encode("cat"));
  }
}
