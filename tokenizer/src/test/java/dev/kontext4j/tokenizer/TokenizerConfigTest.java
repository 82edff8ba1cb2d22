package dev.kontext4j.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the config says beside the vocabulary; the expected ids were seen with transformers 5.23.
class TokenizerConfigTest {
  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"model_max_length\": 10} | 10",
        "{\"model_max_length\": 512} | 77",
        "{\"model_max_length\": 1000000000000000019884624838656} | 77",
        "{\"model_max_length\": 1e30} | 77",
        "{\"model_max_length\": null} | 77",
        "{} | 77",
      })
  void lengthIsTheSmallerOfThePublishedAndTheConfigs(String config, int length) {
    copyClip();
    write("tokenizer_config.json", config);
    try (var clip = ClipTokenizer.open(folder)) {
      assertEquals(length, clip.length());
      assertEquals(length, clip.encode("cat").ids().size());
    }
  }

  @Test
  void withoutAnyConfigTheFamilysDefaultsHold() {
    copyClip();
    try (var clip = ClipTokenizer.open(folder);
        var published = TinyTokenizers.open("clip")) {
      assertEquals(published.encode("a cat").ids(), clip.encode("a cat").ids());
    }
  }

  @Test
  void thePadTokenIsTheConfigs() {
    copyClip();
    write("tokenizer_config.json", "{\"pad_token\": \"!\"}");
    try (var clip = ClipTokenizer.open(folder)) {
      var ids = clip.encode("cat").ids();
      assertEquals(0, ids.getLast()); // "!" is the first of CLIP's pieces
      assertEquals(0, clip.encode("!").ids().get(1)); // and from now on special in the prompt too
    }
  }

  @Test
  void olderFilesCountWhereTheConfigListsNoTokens() {
    copyClip();
    write("special_tokens_map.json", "{\"additional_special_tokens\": [\"<hat>\"]}");
    write("added_tokens.json", "{\"<b>\": 815, \"<a>\": 814}");
    try (var clip = ClipTokenizer.open(folder)) {
      int base = clip.encode("<a>").ids().get(1);
      assertEquals(base + 1, clip.encode("<b>").ids().get(1));
      assertEquals(base + 2, clip.encode("<hat>").ids().get(1));
    }
  }

  @Test
  void anObjectMayNameAToken() {
    copyClip();
    write(
        "tokenizer_config.json",
        "{\"bos_token\": {\"__type\": \"AddedToken\", \"content\": \"<|startoftext|>\"}}");
    try (var clip = ClipTokenizer.open(folder)) {
      // Without flags it is looked for in the normalized text: capitals do not matter.
      assertEquals(clip.encode("").ids().getFirst(), clip.encode("<|STARTOFTEXT|>").ids().get(1));
    }
  }

  @Test
  void extraIdsOfT5AreTheConfigs() {
    copy("t5-spiece", "spiece.model");
    write("tokenizer_config.json", "{\"extra_ids\": 3}");
    try (var t5 = T5Tokenizer.open(folder)) {
      int last = t5.encode("<extra_id_0>").ids().getFirst();
      assertEquals(last - 2, t5.encode("<extra_id_2>").ids().getFirst());
      assertTrue(t5.encode("<extra_id_3>").used() > 2);
    }
  }

  @Test
  void leftSidesAreRefused() {
    copyClip();
    write("tokenizer_config.json", "{\"padding_side\": \"left\"}");
    var e = assertThrows(TokenizerException.class, () -> ClipTokenizer.open(folder));
    assertTrue(e.getMessage().contains("padding_side is \"left\""), e.getMessage());
  }

  private void copyClip() {
    copy("clip", "vocab.json");
    copy("clip", "merges.txt");
  }

  private void copy(String from, String name) {
    try {
      Files.copy(TinyTokenizers.path(from).resolve(name), folder.resolve(name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
