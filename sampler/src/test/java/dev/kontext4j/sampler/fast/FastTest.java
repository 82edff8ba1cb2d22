package dev.kontext4j.sampler.fast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FastTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none | none",
        "first-block | first-block=0.08",
        "teacache | teacache=0.22",
        "references | references=2",
        "first-block=0 | first-block=0.0",
        "references=3, first-block=0.05 | first-block=0.05,references=3",
        "teacache=0.1,references | teacache=0.1,references=2",
      })
  void isReadAndWritten(String text, String whole) {
    assertEquals(whole, Fast.of(text).toString());
    assertEquals(Fast.of(text), Fast.of(whole));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\" | '' is no shortcut; there are first-block, teacache and references",
        "fast | 'fast' is no shortcut",
        "none,references | 'none' is no shortcut",
        "first-block, | '' is no shortcut",
        "first-block= | 'first-block=': the threshold is a number from 0 to",
        "first-block=-0.1 | the threshold is a number from 0 to",
        "first-block=nan | the threshold is a number from 0 to",
        "first-block=0.9 | beyond it edits were not measured to stay true",
        "teacache=0.9 | beyond it edits were not measured to stay true",
        "references=0 | a whole number of steps from 1 to",
        "references=1.5 | a whole number of steps from 1 to",
        "references=99 | beyond it edits were measured to go astray",
        "references,references=2 | references is named twice",
        "teacache,teacache | teacache is named twice",
        "teacache,first-block | first-block and teacache are two ways to spare whole steps",
      })
  void whatMakesNoSenseIsRefused(String text, String why) {
    var e = assertThrows(IllegalArgumentException.class, () -> Fast.of(text));
    assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
  }

  @Test
  void nothingIsSparedUnlessItIsAskedFor() {
    assertTrue(new Fast(Optional.empty(), OptionalInt.empty()).isExact());
    assertTrue(Fast.of("none").isExact());
    assertFalse(Fast.of("first-block=0").isExact());
  }

  @Test
  void referencesAreKeptForSoManySteps() {
    var rule = new ReferenceRule(3);
    assertTrue(rule.keeps(2, 0));
    assertFalse(rule.keeps(3, 0));
    assertTrue(rule.keeps(1, Math.nextDown(ReferenceRule.MOST_CHANGE)));
    assertFalse(rule.keeps(1, ReferenceRule.MOST_CHANGE));
    assertFalse(rule.keeps(1, Double.NaN));
  }
}
