package dev.kontext4j.cli;

import dev.kontext4j.cli.recipe.Recipe;
import dev.kontext4j.cli.recipe.Word;
import dev.kontext4j.sampler.Prompt;
import dev.kontext4j.sampler.Steps;

/// A recipe for people.
record RecipeText(Recipe recipe) {
  private static final int DIGITS = 12; // of a hash: enough to tell files apart

  Columns columns() {
    var columns = new Columns();
    add(columns, "prompt", recipe.prompt());
    recipe
        .negative()
        .ifPresent(negative -> {
          add(columns, "negative", negative.prompt());
          columns.add("true cfg", number(negative.scale()));
        });
    int number = 0;
    var references = recipe.references();
    for (Recipe.Used used : references.pictures()) {
      String which = references.pictures().size() == 1 ? "" : " " + ++number;
      columns.add(
          "picture" + which,
          used.name() + ", " + used.size() + ", " + shortened(used.sha256().digits()));
    }
    int lora = 0;
    for (Recipe.Lora used : recipe.loras().used()) {
      String which = recipe.loras().used().size() == 1 ? "" : " " + ++lora;
      String blocks = used.blocks().isEmpty() ? "" : " on " + used.blocks();
      columns.add(
          "lora" + which,
          used.name()
              + " at "
              + number((float) used.scale())
              + blocks
              + ", "
              + shortened(used.sha256().digits()));
    }
    columns
        .add("size", recipe.size().toString())
        .add("seed", Long.toUnsignedString(recipe.noise().seed()) + batch())
        .add("steps", steps())
        .add("guidance", number(recipe.guidance()));
    if (!recipe.fast().isExact()) {
      columns.add("fast", recipe.fast().toString());
    }
    columns
        .add("noise", Word.of(recipe.noise().type()))
        .add(
            "model",
            recipe.model().name()
                + recipe.model().sha256().map(hash -> ", " + shortened(hash.digits())).orElse(""));
    addParts(columns);
    return columns.add("made by", machine());
  }

  /// The files of a model that was put together; its tokenizers say little.
  private void addParts(Columns columns) {
    recipe
        .model()
        .parts()
        .forEach((file, hash) -> {
          int name = file.indexOf('/') + 1;
          if (!file.startsWith("tokenizer")) {
            columns.add(
                file.substring(0, name), file.substring(name) + ", " + shortened(hash.digits()));
          }
        });
  }

  private static void add(Columns columns, String name, Prompt prompt) {
    columns.add(name, prompt.clip());
    if (!prompt.t5().equals(prompt.clip())) {
      columns.add(name + " for T5", prompt.t5());
    }
  }

  private String batch() {
    return recipe
        .noise()
        .batch()
        .map(batch ->
            " (number %d of the batch of %s)"
                .formatted(batch.before() + 1, Long.toUnsignedString(batch.seed())))
        .orElse("");
  }

  private String steps() {
    return switch (recipe.steps()) {
      case Steps.Count(int count) -> Integer.toString(count);
      case Steps.Levels levels -> "at noise levels " + levels.sigmas();
    };
  }

  private String machine() {
    var machine = recipe.machine();
    String threads =
        machine.threads().isEmpty() ? "" : ", threads: " + machine.threads().getAsInt();
    return "kontext4j %s with libtorch %s on %s in %s%s"
        .formatted(
            machine.program(),
            machine.libtorch(),
            machine.device(),
            Word.of(machine.dtype()),
            threads);
  }

  private static String shortened(String digits) {
    return "sha256 " + digits.substring(0, DIGITS);
  }

  /// Without the zeros of a whole number.
  private static String number(float value) {
    return value == Math.rint(value) ? Integer.toString((int) value) : Float.toString(value);
  }
}
