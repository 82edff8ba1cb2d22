package dev.kontext4j.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bad files end in a [TokenizerException] that names file and cure, and never in a crash.
class DamagedFilesTest {
  @TempDir Path folder = Path.of("");

  @Test
  void missingFolder() {
    refuses("clip", folder.resolve("nowhere"), folder.resolve("nowhere"), "no such folder");
  }

  @Test
  void emptyFolder() {
    refuses("clip", folder, folder, "holds no tokenizer (tokenizer.json or vocab.json)");
    refuses("t5", folder, folder, "holds no tokenizer (tokenizer.json or spiece.model)");
  }

  @Test
  void missingMerges() throws IOException {
    copy("clip");
    Files.delete(folder.resolve("merges.txt"));
    refuses("clip", folder, folder.resolve("merges.txt"), "no such file");
  }

  @Test
  void theOtherEncodersFolder() {
    var t5 = TinyTokenizers.path("t5");
    refuses("clip", t5, t5.resolve("tokenizer.json"), "no byte-pair vocabulary");
    var clip = TinyTokenizers.path("clip-json");
    refuses("t5", clip, clip.resolve("tokenizer.json"), "no unigram vocabulary");
  }

  @Test
  void aFolderInsteadOfAFile() throws IOException {
    copy("t5-spiece");
    Files.createDirectory(folder.resolve("tokenizer.json"));
    refuses("t5", folder, folder.resolve("tokenizer.json"), "cannot be read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "clip | vocab.json | {\"a\": | not the JSON expected",
        "clip | vocab.json | [] | an object was expected",
        "clip | vocab.json | {} {} | text after the end",
        "clip | vocab.json | {\"a\": -1} | no usable tokenizer",
        "clip | vocab.json | {} | no usable tokenizer",
        "clip | merges.txt | onlyone | is not a pair of pieces",
        "clip | merges.txt | zzz yyy | out of vocabulary",
        "clip | tokenizer_config.json | nonsense | not the JSON expected",
        "clip | tokenizer_config.json | {\"model_max_length\": 1} | model_max_length is 1",
        "clip | tokenizer_config.json | {\"added_tokens_decoder\": {\"x\": 1}} | has the key \"x\"",
        "t5-spiece | spiece.model | text | not a sentencepiece model",
        "t5 | tokenizer.json | {} | no unigram vocabulary",
        "t5 | tokenizer.json | {\"model\": {\"vocab\": []}} | no usable tokenizer",
      })
  void badContent(String kind, String file, String content, String problem) throws IOException {
    copy(kind);
    Files.writeString(folder.resolve(file), content);
    var e = assertThrows(TokenizerException.class, () -> open(kind, folder));
    assertTrue(e.getMessage().contains(problem), e.getMessage());
  }

  @Test
  void deepJsonIsRefused() throws IOException {
    copy("clip");
    Files.writeString(folder.resolve("vocab.json"), "{\"a\":".repeat(100_000));
    refuses("clip", folder, folder.resolve("vocab.json"), "nesting depth");
  }

  @Test
  void damagedCharacterMapIsRefused() throws IOException {
    copy("t5");
    var file = folder.resolve("tokenizer.json");
    var text = Files.readString(file);
    int map = text.indexOf("charsmap") + "charsmap\": \"".length();
    Files.writeString(file, text.substring(0, map) + "////" + text.substring(map + 4));
    refuses("t5", folder, file, "the character map is damaged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip", "clip-json", "t5", "t5-spiece"})
  void mutatedFilesLoadOrAreRefused(String kind) throws IOException {
    var random = new Random(1);
    for (int i = 0; i < 60; i++) {
      copy(kind);
      var files = files(folder);
      mutate(files.get(random.nextInt(files.size())), random);
      try (var tokenizer = open(kind, folder)) {
        assertEquals(tokenizer.length(), tokenizer.encode("ﬁ ｃat e\u0301 🐱 ½").ids().size());
      } catch (TokenizerException e) {
        assertTrue(e.getMessage().startsWith(folder.toString()), e.getMessage());
      }
    }
  }

  private static void mutate(Path file, Random random) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (random.nextInt(4) == 0) {
      bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
    } else {
      for (int n = random.nextInt(20); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
    }
    Files.write(file, bytes);
  }

  private static void refuses(String kind, Path folder, Path file, String problem) {
    var e = assertThrows(TokenizerException.class, () -> open(kind, folder));
    assertEquals(file, e.file());
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    assertTrue(e.getMessage().contains(problem), e.getMessage());
  }

  private static PromptTokenizer open(String kind, Path folder) {
    return kind.startsWith("clip") ? ClipTokenizer.open(folder) : T5Tokenizer.open(folder);
  }

  private void copy(String kind) throws IOException {
    for (var file : files(TinyTokenizers.path(kind))) {
      Files.write(folder.resolve(file.getFileName()), Files.readAllBytes(file));
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
