package dev.kontext4j.cli.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.cli.failure.InputException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What strangers may have written: it must cost little, and say no more than that it is wrong.
class HostileNotesTest {
  private static final String HASH = "a".repeat(64);
  private static final String RECIPE =
      """
      {"recipe":1,"prompt":"x","references":{"pictures":[],"fit":"none","placement":"index",
      "alpha":"white"},"width":64,"height":64,"pixels":"%s","sigmas":[1,0.5],"guidance":2.5,"seed":7,
      "noise-dtype":"f32","batch":{"seed":7,"before":1},"model":{"name":"m"},
      "machine":{"program":"0","libtorch":"2","device":"cpu","dtype":"f32","threads":1}}
      """
          .formatted(HASH);

  private static Map<String, String> fields(String text) {
    return assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> ForeignRecipe.of(Map.of("parameters", text)).orElseThrow().fields());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", " ", ":", "\"", "a:", ", ", "\\", "Steps: 1\n"})
  void longRunsOfOneThingTakeNoTime(String piece) {
    assertTrue(fields("Steps: 9, Seed: 4, " + piece.repeat(200_000)).containsKey("steps"));
  }

  @Test
  void aLongQuotedValueIsRead() {
    String text = "x\nSteps: 9, Note: \"" + "b, ".repeat(20_000) + "\", Seed: 4";
    assertEquals("4", fields(text).get("seed"));
  }

  @Test
  void theLastLineOfSettingsCounts() {
    var fields = fields("Steps: 9 of stairs\nred\nSteps: 20, Seed: 4");
    assertEquals("20", fields.get("steps"));
    assertEquals("Steps: 9 of stairs\nred", fields.get("prompt"));
  }

  @Test
  void deepJsonIsNoRecipe() {
    String deep = "{\"a\":".repeat(100_000);
    assertEquals(Optional.empty(), ForeignRecipe.of(Map.of("prompt", deep)));
    assertThrows(InputException.class, () -> RecipeReader.read("{\"recipe\":" + deep));
  }

  @Test
  void circlesInAGraph() {
    String graph =
        """
        {"1": {"class_type": "KSampler", "inputs": {"positive": ["2", 0], "seed": 5, "x": NaN}},
         "2": {"class_type": "A", "inputs": {"a": ["3", 0]}},
         "3": {"class_type": "B", "inputs": {"a": ["2", 0], "b": ["1", 0]}}}
        """;
    assertEquals(
        Map.of("seed", "5"), ForeignRecipe.of(Map.of("prompt", graph)).orElseThrow().fields());
  }

  @Test
  void theRecipeItselfIsGood() {
    var recipe = RecipeReader.read(RECIPE);
    assertEquals(recipe, RecipeReader.read(recipe.json()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"recipe\":1        | \"recipe\":99        | newer kontext4j",
        "\"prompt\":\"x\"    | \"prompt\":3         | \"prompt\" must be a text",
        "\"machine\":       | \"loras\":[{\"name\":3}],\"machine\": | \"name\" must be a text",
        "\"machine\":       | \"loras\":[7],\"machine\": | an object is missing",
        "\"width\":64        | \"width\":99999      | \"width\" must be a whole number from 1 to 16384",
        "\"width\":64        | \"width\":1e99       | \"width\" must be",
        "[1,0.5]             | [0.5,1]            | \"sigmas\" must be numbers that fall",
        "[1,0.5]             | [2]                | \"sigmas\" must be",
        "[1,0.5]             | \"x\"              | \"sigmas\" must be",
        "[1,0.5]             | [\"1\"]            | \"sigmas\" must be",
        "\"guidance\":2.5    | \"guidance\":1e30    | \"guidance\" must be a number up to 20",
        "\"guidance\":2.5    | \"guidance\":-1      | \"guidance\" must be",
        "\"seed\":7,          | \"seed\":\"7\",        | \"seed\" must be",
        "\"before\":1        | \"before\":-1        | \"before\" must be",
        "\"before\":1        | \"before\":999999    | \"before\" must be",
        "\"dtype\":\"f32\",\"t | \"dtype\":\"i64\",\"t | \"dtype\" must be f32 or bf16",
        "\"dtype\":\"f32\",\"t | \"dtype\":\"xyz\",\"t | \"dtype\" must be one of",
        "\"dtype\":\"f32\",\"t | \"dtype\":\"f32\",\"precision\":\"int4\",\"t | \"precision\" must be one of",
        "\"threads\":1       | \"threads\":0        | \"threads\" must be",
        "\"fit\":\"none\"    | \"fit\":\"NONE\"     | \"fit\" must be one of",
        "\"seed\":7,          | \"seed\":7,\"fast\":\"x\", | is no shortcut",
        "\"seed\":7,          | \"seed\":7,\"fast\":3, | \"fast\" must be a text",
        "\"model\":{         | \"nodel\":{          | an object is missing",
      })
  void aRecipeThatNoRunWrote(String good, String bad, String why) {
    assertTrue(RECIPE.contains(good), good);
    var e = assertThrows(InputException.class, () -> RecipeReader.read(RECIPE.replace(good, bad)));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains(why), message);
  }
}
