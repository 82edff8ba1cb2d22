package dev.kontext4j.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/// That the tokenizers which are shipped are the published ones: ids that transformers gives.
class PublishedTokenizersTest {
  private static final Integer[] CLIP_IDS = {49406, 1078, 518, 1615, 736, 49407, 49407, 49407};
  private static final Integer[] T5_IDS = {143, 8, 443, 1131, 1, 0, 0, 0};

  @Test
  void clip() {
    try (var clip = ClipTokenizer.open(PublishedTokenizers.folder("tokenizer"))) {
      var ids = clip.encode("make the car red").ids();
      assertEquals(77, ids.size());
      assertEquals(List.of(CLIP_IDS), ids.subList(0, CLIP_IDS.length));
    }
  }

  @Test
  void t5() {
    try (var t5 = T5Tokenizer.open(PublishedTokenizers.folder("tokenizer_2"))) {
      var ids = t5.encode("make the car red").ids();
      assertEquals(512, ids.size());
      assertEquals(List.of(T5_IDS), ids.subList(0, T5_IDS.length));
    }
  }
}
