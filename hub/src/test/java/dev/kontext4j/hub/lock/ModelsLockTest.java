package dev.kontext4j.hub.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsLockTest {
  private static final String SMALL =
      """
      schema = 1
      [licence.free]
      name = "Free"
      page = "https://example.org"
      [repository.a]
      name = "owner/name"
      revision = "0123456789012345678901234567890123456789"
      [config.c]
      text = "{}"
      [file.f]
      repository = "a"
      path = "folder/f.bin"
      size = 7
      sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
      sure = "one"
      source = "a test"
      role = "vae"
      licence = "free"
      [set.s]
      about = "a set"
      place = [{ file = "f", at = "vae/f.bin" }, { config = "c", at = "vae/config.json" }]
      """;

  @Test
  void theLockOfTheBuildIsReadable() {
    var lock = ModelsLock.packed();
    assertEquals(
        List.of(
            "kontext-dev",
            "kontext-dev-single",
            "kontext-dev-fp8",
            "text-encoders",
            "text-encoders-fp8",
            "vae"),
        List.copyOf(lock.sets().keySet()));
  }

  /// What a model folder in diffusers' layout has.
  @Test
  void setsThatEditHaveEveryPart() {
    for (ModelSet set : ModelsLock.packed().sets().values()) {
      if (set.edits()) {
        var places = set.parts().stream().map(ModelSet.Part::place).toList();
        assertTrue(places.contains("model_index.json"), set.name());
        assertTrue(places.contains("scheduler/scheduler_config.json"), set.name());
        for (String part : List.of("text_encoder", "text_encoder_2", "transformer", "vae")) {
          assertTrue(places.contains(part + "/config.json"), set.name() + " " + part);
          assertTrue(
              places.stream()
                  .anyMatch(at -> at.startsWith(part + "/") && at.endsWith(".safetensors")),
              set.name() + " " + part);
        }
        for (String part : List.of("tokenizer", "tokenizer_2")) {
          assertTrue(places.stream().anyMatch(at -> at.startsWith(part + "/")), set.name());
        }
      }
    }
  }

  @Test
  void whatIsLargeHasAHashWithASource() {
    for (LockedFile file : ModelsLock.packed().files().values()) {
      if (file.path().endsWith(".safetensors")) {
        assertTrue(file.sha256().isPresent(), file.id());
        assertTrue(!file.source().isBlank() && file.about() > 0, file.id());
        assertTrue(!file.precision().isBlank(), file.id());
      }
    }
  }

  @Test
  void noHashIsWrittenTwice() {
    var seen = new HashMap<String, String>();
    for (LockedFile file : ModelsLock.packed().files().values()) {
      file.sha256()
          .map(hash -> seen.put(hash.digits(), file.id()))
          .ifPresent(other -> {
            throw new AssertionError(file.id() + " and " + other);
          });
    }
  }

  @Test
  void theWeightsOfOthersNeedToBeAccepted() {
    for (LockedFile file : ModelsLock.packed().files().values()) {
      boolean theirs = file.role().equals("transformer") || file.repository().gated();
      assertEquals(theirs, file.licence().accept(), file.id());
    }
  }

  @Test
  void readsWhatItSays() {
    var lock = ModelsLock.read("small", SMALL);
    var set = lock.set("s").orElseThrow();
    assertEquals(List.of("vae/f.bin"), set.fetched().stream().map(ModelSet.Part::place).toList());
    assertEquals(Map.of("f", set.fetched().getFirst().file()), lock.files());
    assertEquals("{}\n", set.written().getFirst().text());
    assertEquals(7, set.bytes());
    assertEquals(1, lock.filesOf(7).count());
    assertEquals(
        "owner/name@0123456789012345678901234567890123456789/folder/f.bin",
        set.fetched().getFirst().file().key());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "schema = 1          | schema = 2          | has another schema than 1",
        "size = 7            | size = -7           | file.f size must be a whole number",
        "size = 7            | size = 7.5          | file.f size must be a whole number",
        "size = 7            | sizes = 7           | file.f has an unknown key sizes",
        "role = \"vae\"      | role = 3            | file.f role must be a text",
        "role = \"vae\"      | # nothing           | file.f lacks role",
        "sure = \"one\"      | sure = \"perhaps\"  | file.f sure \"perhaps\" is no such word",
        "sure = \"one\"      | sure = \"unknown\"  | file.f must have a sha256, or else",
        "\"00000000000       | \"0000000000G       | file.f sha256 must be 64",
        "\"folder/f.bin\"    | \"../f.bin\"        | \"../f.bin\" is no path within",
        "\"folder/f.bin\"    | \"/f.bin\"          | \"/f.bin\" is no path within",
        "vae/config.json     | vae/f.bin           | set.s has two files at vae/f.bin",
        "{ file = \"f\"      | { file = \"g\"      | file \"g\" is not in the lock",
        "repository = \"a\"  | repository = \"b\"  | file.f repository \"b\" is not in the lock",
        "revision = \"01234  | revision = \"main   | repository.a revision must be a commit",
        "[set.s]             | [set                | is not TOML",
      })
  void saysWhereItIsWrong(String right, String wrong, String words) {
    assertTrue(SMALL.contains(right), right);
    String broken = SMALL.replace(right, wrong);
    var e = assertThrows(LockException.class, () -> ModelsLock.read("small", broken));
    assertTrue(String.valueOf(e.getMessage()).contains(words), e::toString);
  }
}
