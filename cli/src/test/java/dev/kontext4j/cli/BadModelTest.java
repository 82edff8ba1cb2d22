package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.ExitCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A model with files that are missing, damaged or of another kind.
class BadModelTest {
  @TempDir Path folder;

  private DamagedModel model;

  @BeforeEach
  void copyModel() throws IOException {
    model = DamagedModel.in(folder);
  }

  @Test
  void noFolder() {
    String absent = model.file("absent").toString();
    model.work().edit("--model", absent).refused(ExitCode.MODEL, absent, "--model");
  }

  @Test
  void aSetThatWasNotPulled() {
    model.work().edit("--model", "kontext-dev").refused(ExitCode.MODEL, "kontext pull kontext-dev");
  }

  @Test
  void oneFileOfAPart() {
    String file = model.file(DamagedModel.TRANSFORMER).toString();
    model.work().edit("--model", file).refused(ExitCode.MODEL, file + " lacks the VAE (--vae)");
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
    Files.delete(model.file(name));
    model.assertRefused(model.file(name).toString());
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
    Files.delete(model.file(part).resolve(only));
    model.assertRefused(model.file(part).toString());
  }

  @Test
  void theT5TokenizerIsMissing() throws IOException {
    Files.delete(model.file("tokenizer_2/tokenizer.json"));
    Files.delete(model.file("tokenizer_2/spiece.model"));
    model.assertRefused(model.file("tokenizer_2").toString(), "tokenizer.json or spiece.model");
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
      Files.writeString(model.file(name), text);
      model.assertRefused(model.file(name).toString());
    }
  }

  /// The files are mapped; a mapping beyond the end of a file would kill the process.
  @ParameterizedTest
  @ValueSource(
      strings = {
        DamagedModel.TRANSFORMER,
        "vae/diffusion_pytorch_model.safetensors",
        "text_encoder/model.safetensors",
        "text_encoder_2/model.safetensors"
      })
  void weightsAreCutShort(String name) throws IOException {
    long whole = Files.size(model.file(name));
    for (long size : List.of(whole - 1, whole / 2, 100L, 7L, 0L)) {
      try (var channel = FileChannel.open(model.file(name), StandardOpenOption.WRITE)) {
        channel.truncate(size);
      }
      model.assertRefused(model.file(name).toString());
    }
  }

  @Test
  void sizesThatItCannotMake() throws IOException {
    Files.writeString(
        model.file("native_sizes.json"), "{\"area\": 16384, \"buckets\": [[100, 128]]}");
    model.assertRefused(
        model.file("native_sizes.json").toString(), "[100, 128]", "multiples of 16");
  }

  @Test
  void anotherKindOfModel() throws IOException {
    model.replace("model_index.json", "FluxKontextPipeline", "StableDiffusionPipeline");
    model.assertRefused("model_index.json", "StableDiffusionPipeline", "FLUX");
  }

  @Test
  void anotherSolver() throws IOException {
    model.replace("scheduler/scheduler_config.json", "FlowMatchEuler", "DPM");
    model.assertRefused("scheduler_config.json", "DPMDiscreteScheduler");
  }
}
