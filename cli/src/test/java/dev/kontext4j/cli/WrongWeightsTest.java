package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.testkit.GoldenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A model whose files are sound, but hold other weights than they should.
class WrongWeightsTest {
  @TempDir Path folder;

  private DamagedModel model;

  @BeforeEach
  void copyModel() throws IOException {
    model = DamagedModel.in(folder);
  }

  @Test
  void allThatIsWrongWithTheTensorsIsToldAtOnce() throws IOException {
    model.change(tensors -> {
      tensors.remove("proj_out.bias");
      tensors.put("x_embedder.bias", Tensor.of(new float[5], 5));
      tensors.put("surplus.weight", Tensor.of(new float[1], 1));
    });
    model.assertRefused(
        model.file("transformer").toString(),
        "1 missing (proj_out.bias)",
        "x_embedder.bias is [5], expected [48]",
        "1 unexpected (surplus.weight)");
  }

  @Test
  void aShardIsMissing() throws IOException {
    Path sharded = GoldenFiles.path("model-sharded/transformer");
    Files.delete(model.file(DamagedModel.TRANSFORMER));
    try (var shards = Files.list(sharded)) {
      for (Path shard : (Iterable<Path>) shards.filter(s -> !s.endsWith("config.json"))::iterator) {
        Files.copy(shard, model.file("transformer").resolve(shard.getFileName()));
      }
    }
    Files.delete(model.file("transformer/diffusion_pytorch_model-00003-of-00008.safetensors"));
    model.assertRefused("diffusion_pytorch_model-00003-of-00008.safetensors");
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
    model.replace(
        "transformer/config.json", "\"" + field + "\": " + was, "\"" + field + "\": " + width);
    model.replace("transformer/config.json", "\"out_channels\": null", "\"out_channels\": 64");
    model.change(tensors -> tensors.put(weight, Tensor.of(new float[48 * width], 48, width)));
    model.assertRefused(
        model.file(part) + " does not fit the transformer",
        field + " is " + width,
        "take both from one model");
  }

  /// Nothing but computing finds this out.
  @Test
  void weightsThatAreNoNumbers() throws IOException {
    var values = new float[48];
    Arrays.fill(values, Float.NaN);
    model.change(tensors -> tensors.put("x_embedder.bias", Tensor.of(values, 48)));
    var run = model.edit();
    assertEquals(ExitCode.FAILED.number(), run.code(), run::toString);
    assertEquals(List.of(), run.out());
    assertTrue(run.err().getLast().startsWith("kontext: The model computed no numbers (NaN)"));
    assertEquals(List.of("model"), model.work().results());
  }
}
