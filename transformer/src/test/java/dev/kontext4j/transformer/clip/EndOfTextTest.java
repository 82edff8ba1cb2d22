package dev.kontext4j.transformer.clip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class EndOfTextTest {

  @Test
  void isTheFirstOfItsKind() {
    assertEquals(2, new EndOfText(9).in(new long[] {8, 50, 9, 9, 9}));
    assertEquals(0, new EndOfText(9).in(new long[] {8, 50, 1}));
  }

  /// As transformers reads configs from before its pull request 24773.
  @Test
  void isTheHighestIdIfTheConfigSaysTwo() {
    assertEquals(1, new EndOfText(2).in(new long[] {8, 50, 2, 50}));
  }
}
