package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kontext4j.cli.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensCommandTest {
  @TempDir Path folder;

  private static Run tokens(String prompt, String... more) {
    var arguments =
        new ArrayList<>(List.of("tokens", "-p", prompt, "--model", Workplace.model().toString()));
    arguments.addAll(List.of(more));
    return Run.of(arguments);
  }

  private static JsonNode json(String prompt) throws IOException {
    var run = tokens(prompt, "--json");
    assertEquals(1, run.done().size());
    return new JsonMapper().readTree(run.out().getFirst());
  }

  @Test
  void jsonHoldsAllIds() throws IOException {
    var json = json("make the sky purple");
    assertEquals(
        List.of("clip", "t5", "truncated"), json.propertyStream().map(e -> e.getKey()).toList());
    assertEquals(77, json.get("clip").size());
    assertEquals(512, json.get("t5").size());
    assertTrue(json.get("clip").valueStream().allMatch(JsonNode::isInt));
    assertEquals(json.get("t5").get(511).asInt(), 0, "padding");
    assertTrue(json.get("truncated").isEmpty());
  }

  @Test
  void jsonTellsWhatIsLost() throws IOException {
    var truncated = json("dog ".repeat(100) + "cat").get("truncated");
    assertEquals(List.of("clip"), truncated.propertyStream().map(e -> e.getKey()).toList());
    var clip = truncated.get("clip");
    assertTrue(clip.get("lost").asText().endsWith(" cat"), clip::toString);
    assertEquals(clip.get("lost").asText().split(" ", -1).length, clip.get("words").asInt());
    assertTrue(clip.get("tokens").asInt() >= clip.get("words").asInt());
  }

  @Test
  void peopleReadPiecesAndWhatIsLost() {
    var out = tokens("a dog").done();
    assertTrue(out.get(0).matches("CLIP: \\d+ of 77 tokens"), out::toString);
    assertTrue(out.get(1).startsWith("  <|startoftext|> "), out::toString);
    assertTrue(out.get(2).matches("T5: \\d+ of 512 tokens"), out::toString);
    assertTrue(out.get(3).endsWith(" </s>"), out::toString);
    assertEquals(4, out.size());

    var cut = tokens("dog ".repeat(100) + "cat").done();
    assertTrue(cut.get(2).matches(" {2}cut off, \\d+ words: dog .* cat"), cut::toString);
  }

  /// Their ids in CLIP's and T5's published vocabularies.
  @ParameterizedTest
  @ValueSource(strings = {"city96.gguf", "original.safetensors", "t5.gguf"})
  void aFileHasThePublishedTokenizers(String file) throws IOException {
    String model = LayoutEdit.file(file).toString();
    var run = Run.of("tokens", "-p", "a dog", "--json", "--model", model);
    var json = new JsonMapper().readTree(run.done().getFirst());
    assertEquals(List.of(49406, 320, 1929, 49407), first(json.get("clip")));
    assertEquals(List.of(3, 9, 1782, 1), first(json.get("t5")));
  }

  private static List<Integer> first(JsonNode ids) {
    return ids.valueStream().limit(4).map(JsonNode::asInt).toList();
  }

  @Test
  void tokenizersBesideAFileAreItsOwn() throws IOException {
    Path model = Workplace.in(folder).modelCopy();
    Path file = model.resolve("weights.gguf");
    Files.copy(LayoutEdit.file("city96.gguf"), file);
    var beside = Run.of("tokens", "-p", "a dog", "--json", "--model", file.toString()).done();
    assertEquals(tokens("a dog", "--json").done(), beside);
  }

  @Test
  void noModel() throws IOException {
    String absent = folder.resolve("absent").toString();
    Run.of("tokens", "-p", "x", "--model", absent).refused(ExitCode.MODEL, absent, "--model");
    String page = Files.writeString(folder.resolve("x.safetensors"), "<html>").toString();
    Run.of("tokens", "-p", "x", "--model", page).refused(ExitCode.MODEL, page);
    String empty = Files.createDirectory(folder.resolve("empty")).toString();
    Run.of("tokens", "-p", "x", "--model", empty).refused(ExitCode.MODEL, empty);
  }

  @Test
  void noTokenizer() throws IOException {
    Files.createDirectory(folder.resolve("tokenizer"));
    Run.of("tokens", "-p", "x", "--model", folder.toString())
        .refused(ExitCode.MODEL, folder.resolve("tokenizer").toString(), "tokenizer.json");
  }
}
