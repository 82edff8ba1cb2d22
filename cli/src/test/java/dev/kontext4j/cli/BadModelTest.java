package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.testkit.GoldenFiles;
import dev.kontext4j.testkit.ModelCopy;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A model that is missing or damaged ends a run before it begins: one line that names the place,
/// exit code 4, nothing written.
class BadModelTest {
  private static final String TRANSFORMER = "transformer/diffusion_pytorch_model.safetensors";

  @TempDir Path folder;

  private Workplace work;
  private Path model;

  @BeforeEach
  void copyModel() throws IOException {
    work = Workplace.in(folder);
    model = work.modelCopy();
  }

  private void assertRefused(String... words) throws IOException {
    work.edit("--model", model.toString()).refused(ExitCode.MODEL, words);
    assertEquals(List.of("model"), work.results());
  }

  @Test
  void noFolder() throws IOException {
    model = folder.resolve("absent");
    work.edit("--model", model.toString()).refused(ExitCode.MODEL, model.toString(), "--model");
  }

  @Test
  void aFileInsteadOfAFolder() throws IOException {
    model = model.resolve(TRANSFORMER);
    assertRefused(model.toString(), "--model");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model_index.json",
        "scheduler/scheduler_config.json",
        "transformer/config.json",
        "vae/config.json",
        "text_encoder/config.json",
        "text_encoder_2/config.json",
        "tokenizer/merges.txt",
      })
  void aFileIsMissing(String name) throws IOException {
    Files.delete(model.resolve(name));
    assertRefused(model.resolve(name).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "transformer, diffusion_pytorch_model.safetensors",
    "vae, diffusion_pytorch_model.safetensors",
    "text_encoder, model.safetensors",
    "text_encoder_2, model.safetensors",
    "tokenizer, vocab.json",
  })
  void thePartHoldsNothing(String part, String only) throws IOException {
    Files.delete(model.resolve(part).resolve(only));
    assertRefused(model.resolve(part).toString());
  }

  @Test
  void theT5TokenizerIsMissing() throws IOException {
    Files.delete(model.resolve("tokenizer_2/tokenizer.json"));
    Files.delete(model.resolve("tokenizer_2/spiece.model"));
    assertRefused(model.resolve("tokenizer_2").toString(), "tokenizer.json or spiece.model");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model_index.json",
        "scheduler/scheduler_config.json",
        "transformer/config.json",
        "vae/config.json",
        "text_encoder_2/config.json",
        "tokenizer/vocab.json",
        "tokenizer_2/tokenizer.json",
      })
  void wrongJson(String name) throws IOException {
    for (String text : List.of("", "{", "[]", "nonsense", "{\"a\": 1,}")) {
      Files.writeString(model.resolve(name), text);
      assertRefused(model.resolve(name).toString());
    }
  }

  /// The files are mapped; a mapping beyond the end of a file would kill the process.
  @ParameterizedTest
  @ValueSource(
      strings = {
        TRANSFORMER,
        "vae/diffusion_pytorch_model.safetensors",
        "text_encoder/model.safetensors",
        "text_encoder_2/model.safetensors"
      })
  void weightsAreCutShort(String name) throws IOException {
    long whole = Files.size(model.resolve(name));
    for (long size : List.of(whole - 1, whole / 2, 100L, 7L, 0L)) {
      try (var channel = FileChannel.open(model.resolve(name), StandardOpenOption.WRITE)) {
        channel.truncate(size);
      }
      assertRefused(model.resolve(name).toString());
    }
  }

  @Test
  void allThatIsWrongWithTheTensorsIsToldAtOnce() throws IOException {
    try (var _ = Scope.open()) {
      var copy = ModelCopy.of(model.resolve("transformer"));
      copy.tensors().remove("proj_out.bias");
      copy.tensors().put("x_embedder.bias", Tensor.of(new float[5], 5));
      copy.tensors().put("surplus.weight", Tensor.of(new float[1], 1));
      Files.delete(model.resolve(TRANSFORMER));
      copy.write(model.resolve("transformer"));
    }
    assertRefused(
        model.resolve("transformer").toString(),
        "1 missing (proj_out.bias)",
        "x_embedder.bias is [5], expected [48]",
        "1 unexpected (surplus.weight)");
  }

  @Test
  void aShardIsMissing() throws IOException {
    Path sharded = GoldenFiles.path("model-sharded/transformer");
    Files.delete(model.resolve(TRANSFORMER));
    try (var shards = Files.list(sharded)) {
      for (Path shard : (Iterable<Path>) shards.filter(s -> !s.endsWith("config.json"))::iterator) {
        Files.copy(shard, model.resolve("transformer").resolve(shard.getFileName()));
      }
    }
    Files.delete(model.resolve("transformer/diffusion_pytorch_model-00003-of-00008.safetensors"));
    assertRefused("diffusion_pytorch_model-00003-of-00008.safetensors");
  }

  @Test
  void anotherKindOfModel() throws IOException {
    replace("model_index.json", "FluxKontextPipeline", "StableDiffusionPipeline");
    assertRefused("model_index.json", "StableDiffusionPipeline", "FLUX");
  }

  @Test
  void anotherSolver() throws IOException {
    replace("scheduler/scheduler_config.json", "FlowMatchEuler", "DPM");
    assertRefused("scheduler_config.json", "DPMDiscreteScheduler");
  }

  /// The transformer alone is as it should be, but it belongs to other parts.
  @ParameterizedTest
  @CsvSource({
    "vae, in_channels, 64, x_embedder.weight, 128",
    "text_encoder, pooled_projection_dim, 40, time_text_embed.text_embedder.linear_1.weight, 44",
    "text_encoder_2, joint_attention_dim, 48, context_embedder.weight, 52",
  })
  void aPartOfAnotherModel(String part, String field, int was, String weight, int width)
      throws IOException {
    replace("transformer/config.json", "\"" + field + "\": " + was, "\"" + field + "\": " + width);
    replace("transformer/config.json", "\"out_channels\": null", "\"out_channels\": 64");
    try (var _ = Scope.open()) {
      var copy = ModelCopy.of(model.resolve("transformer"));
      copy.tensors().put(weight, Tensor.of(new float[48 * width], 48, width));
      Files.delete(model.resolve(TRANSFORMER));
      copy.write(model.resolve("transformer"));
    }
    assertRefused(
        model.resolve(part) + " does not fit the transformer",
        field + " is " + width,
        "take both from one model");
  }

  /// Nothing but computing finds this out.
  @Test
  void weightsThatAreNoNumbers() throws IOException {
    try (var _ = Scope.open()) {
      var copy = ModelCopy.of(model.resolve("transformer"));
      var values = new float[48];
      Arrays.fill(values, Float.NaN);
      copy.tensors().put("x_embedder.bias", Tensor.of(values, 48));
      Files.delete(model.resolve(TRANSFORMER));
      copy.write(model.resolve("transformer"));
    }
    var run = work.edit("--model", model.toString());
    assertEquals(ExitCode.FAILED.number(), run.code(), run::toString);
    assertEquals(List.of(), run.out());
    assertTrue(run.err().getLast().startsWith("kontext: The model computed no numbers (NaN)"));
    assertEquals(List.of("model"), work.results());
  }

  private void replace(String name, String from, String to) throws IOException {
    Path file = model.resolve(name);
    String text = Files.readString(file);
    String changed = text.replace(from, to);
    assertNotEquals(text, changed, "nothing to replace");
    Files.writeString(file, changed);
  }
}
