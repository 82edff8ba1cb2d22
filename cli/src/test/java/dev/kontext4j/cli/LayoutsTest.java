package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.safetensors.SafetensorsWriter;
import dev.kontext4j.testkit.GoldenFiles;
import dev.kontext4j.testkit.Measured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The layouts that people have their weights in: each loads, edits, and equals diffusers' edit of
/// the same weights, expanded by the package that wrote them.
class LayoutsTest {
  private static final double MIN_PSNR = 60;

  /// Merged here, beside the weights in the reference: each touched weight is rounded.
  private static final double MIN_PSNR_MERGED = 55;

  @TempDir Path folder;

  static List<String> cases() throws IOException {
    return LayoutEdit.story().get("cases").propertyStream().map(Map.Entry::getKey).toList();
  }

  @Test
  void allAreHere() throws IOException {
    assertEquals(13, cases().size());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void partsByName(String name) throws IOException {
    JsonNode layout = LayoutEdit.story().get("cases").get(name);
    var arguments = parts(layout);
    if (layout.has("lora")) {
      arguments.add("--lora");
      arguments.add(LayoutEdit.file(layout.get("lora").asText()).toString());
    }
    if (layout.has("packed")) {
      arguments.add("--lora-packed");
    }
    assertEqualsReference(name, arguments);
  }

  /// The options that name a case's files.
  private static List<String> parts(JsonNode layout) {
    var arguments = new ArrayList<String>();
    layout
        .get("parts")
        .propertyStream()
        .forEach(part -> {
          arguments.add("--" + part.getKey());
          arguments.add(LayoutEdit.file(part.getValue().asText()).toString());
        });
    return arguments;
  }

  /// No two would pass for each other, but for those that hold the same numbers.
  @Test
  void theReferencesDiffer() throws IOException {
    var names = new ArrayList<>(cases());
    names.remove("fp8_new_keys"); // equals the one with old keys
    for (String one : names) {
      for (String other : names) {
        double psnr = one.equals(other) ? 0 : Closeness.psnr(picture(one), picture(other));
        assertTrue(psnr < MIN_PSNR, () -> one + " and " + other + ": " + psnr + " dB");
      }
    }
  }

  @Test
  void aFolderOfFiles() throws IOException {
    copy("original.safetensors", "x1.safetensors");
    copy("ae.safetensors", "x2.safetensors");
    copy("clip_l.safetensors", "x3.safetensors");
    copy("t5.gguf", "x4.gguf"); // what is what, no name says
    assertEqualsReference("t5_gguf", List.of("--model", folder.toString()));
  }

  @Test
  void aFileAndWhatLiesBesideIt() throws IOException {
    copy("fp8_old_keys.safetensors", "flux.safetensors");
    copy("ae.safetensors", "ae.safetensors");
    copy("clip_l.safetensors", "clip_l.safetensors");
    copy("t5xxl_fp16.safetensors", "t5.safetensors");
    Path file = folder.resolve("flux.safetensors");
    assertEqualsReference("fp8_old_keys", List.of("--model", file.toString()));
  }

  @Test
  void allInOneFile() throws IOException {
    Path file = folder.resolve("all.safetensors");
    var writer = SafetensorsWriter.to(file);
    try (var _ = Scope.open()) {
      add(writer, "fp8_plain.safetensors", "model.diffusion_model.");
      add(writer, "ae.safetensors", "vae.");
      add(writer, "clip_l.safetensors", "text_encoders.clip_l.transformer.");
      add(writer, "t5xxl_fp16.safetensors", "text_encoders.t5xxl.transformer.");
      writer.write();
    }
    assertEqualsReference("fp8_plain", List.of("--model", file.toString()));
  }

  @Test
  void twoOfAKindAreRefused() throws IOException {
    copy("original.safetensors", "a.safetensors");
    copy("fp8_plain.safetensors", "b.safetensors");
    copy("ae.safetensors", "ae.safetensors");
    edit(List.of("--model", folder.toString()))
        .refused(
            ExitCode.MODEL,
            "a.safetensors and b.safetensors are each a FLUX transformer",
            "--transformer");
  }

  @Test
  void whatIsMissingIsNamed() {
    edit(List.of("--vae", LayoutEdit.file("city96.gguf").toString()))
        .refused(ExitCode.MODEL, "city96.gguf holds no VAE, but a FLUX transformer");
  }

  /// The golden model's VAE has as many channels, but its T5 is narrower.
  @Test
  void partsOfAnotherModelAreRefused() {
    var parts =
        List.of(
            "--transformer", LayoutEdit.file("original.safetensors").toString(),
            "--vae", LayoutEdit.file("ae.safetensors").toString(),
            "--clip", LayoutEdit.file("clip_l.safetensors").toString(),
            "--t5", GoldenFiles.path("model/text_encoder_2").toString());
    edit(parts)
        .refused(
            ExitCode.MODEL,
            "model/text_encoder_2 does not fit the transformer " + LayoutEdit.file(""),
            "d_model is 48, the transformer's joint_attention_dim is 64");
  }

  @Test
  void aVaeOfStableDiffusionIsRefused() {
    edit(parts("--vae", GoldenFiles.path("model-sharded/vae")))
        .refused(
            ExitCode.MODEL,
            "model-sharded/vae does not fit the transformer " + LayoutEdit.file(""),
            "latent_channels x 4 is 16, the transformer's in_channels is 64");
  }

  @Test
  void aFillTransformerIsRefused() throws IOException {
    Path fill =
        changed("original.safetensors", tensors -> tensors.put("img_in.weight", zeros(32, 384)));
    edit(parts("--transformer", fill))
        .refused(ExitCode.MODEL, fill + " is FLUX.1 Fill (it takes 384 channels), not Kontext");
  }

  @ParameterizedTest
  @CsvSource({
    "double_blocks.0.img_mlp.0.wscales, nunchaku's SVDQuant",
    "double_blocks.0.img_mlp.0.weight.absmax, bitsandbytes",
    "double_blocks.0.img_mlp.0.qweight, AWQ or GPTQ",
  })
  void packingsOfOneProgramAreRefusedByName(String tensor, String packing) throws IOException {
    Path file = changed("original.safetensors", tensors -> tensors.put(tensor, zeros(4)));
    edit(parts("--transformer", file))
        .refused(ExitCode.MODEL, file + " is packed by " + packing, "in fp8, or as GGUF");
  }

  @Test
  void whatIsNoPartIsRefused() throws IOException {
    Path file = changed("original.safetensors", tensors -> tensors.put("surplus.x", zeros(4)));
    edit(parts("--transformer", file)).refused(ExitCode.MODEL, "1 unexpected (surplus.x)");
    Path other =
        changed(
            "original.safetensors",
            tensors -> tensors.keySet().removeIf(name -> name.startsWith("img_in")));
    edit(parts("--transformer", other))
        .refused(ExitCode.MODEL, other + " holds no part of FLUX.1 Kontext");
    edit(parts("--transformer", GoldenFiles.path("quants.gguf")))
        .refused(ExitCode.MODEL, "quants.gguf holds no part of FLUX.1 Kontext");
  }

  /// All parts of a layout, but for one.
  private static List<String> parts(String option, Path other) {
    var parts =
        new TreeMap<>(
            Map.of(
                "--transformer", LayoutEdit.file("original.safetensors"),
                "--vae", LayoutEdit.file("ae.safetensors"),
                "--clip", LayoutEdit.file("clip_l.safetensors"),
                "--t5", LayoutEdit.file("t5.gguf")));
    parts.put(option, other);
    return parts.entrySet().stream()
        .flatMap(part -> Stream.of(part.getKey(), part.getValue().toString()))
        .toList();
  }

  private Path changed(String layout, Consumer<Map<String, Tensor>> change) throws IOException {
    Path file = folder.resolve("changed.safetensors");
    try (var _ = Scope.open();
        var source = Checkpoint.open(LayoutEdit.file(layout))) {
      var tensors = new TreeMap<String, Tensor>();
      source.names().forEach(name -> tensors.put(name, source.tensor(name)));
      change.accept(tensors);
      var writer = SafetensorsWriter.to(file);
      tensors.forEach((name, tensor) ->
          writer.tensor(
              name,
              tensor.dtype(),
              LongStream.of(tensor.shape()).boxed().toList(),
              sink -> sink.write(tensor.toBytes())));
      writer.write();
    }
    return file;
  }

  private static Tensor zeros(long... shape) {
    int count = Math.toIntExact(LongStream.of(shape).reduce(1, (a, b) -> a * b));
    return Tensor.of(new float[count], shape);
  }

  @Test
  void theRecipeNamesEveryPart() throws IOException {
    Path picture = folder.resolve("out.png");
    edit(List.of(
            "--transformer",
            LayoutEdit.file("city96.gguf").toString(),
            "--vae",
            LayoutEdit.file("ae.safetensors").toString(),
            "--clip",
            LayoutEdit.file("clip_l.safetensors").toString(),
            "--t5",
            LayoutEdit.file("t5xxl_fp16.safetensors").toString()))
        .done();
    var recipe = String.join("\n", Run.of("show", picture.toString()).done());
    for (String part :
        List.of(
            "transformer/ +city96.gguf, sha256 ",
            "vae/ +ae.safetensors, sha256 ",
            "text_encoder/ +clip_l.safetensors, sha256 ",
            "text_encoder_2/ +t5xxl_fp16.safetensors, sha256 ")) {
      assertTrue(Pattern.compile(part).matcher(recipe).find(), recipe);
    }
  }

  /// Whether changed weights were packed again is part of the recipe.
  @Test
  void aLoraOnPackedWeightsIsReplayed() throws IOException {
    var files = LayoutEdit.story().get("cases").get("lora_fp8_packed");
    String lora = files.get("lora").asText();
    var model = parts(files);
    var made = new ArrayList<>(model);
    made.addAll(List.of("--lora-packed", "--lora", LayoutEdit.file(lora).toString()));
    edit(made).done();
    var replay =
        new ArrayList<>(
            List.of(
                "replay",
                folder.resolve("out.png").toString(),
                LayoutEdit.file("small.png").toString(),
                "--lora",
                LayoutEdit.file("lora.safetensors").toString(),
                "-o",
                folder.resolve("again.png").toString()));
    replay.addAll(model);
    replay.addAll(LayoutEdit.tokenizers());
    assertTrue(Run.of(replay).err().getLast().contains("identical, pixel for pixel"));
  }

  private void assertEqualsReference(String name, List<String> model) throws IOException {
    edit(model).done();
    double psnr = Closeness.psnr(picture(name), folder.resolve("out.png"));
    Measured.note("%s: loads, edits, %.1f dB".formatted(name, psnr));
    double least = model.contains("--lora") ? MIN_PSNR_MERGED : MIN_PSNR;
    assertTrue(psnr >= least, () -> name + ": the picture has " + psnr + " dB");
  }

  private Run edit(List<String> model) {
    try {
      var arguments = LayoutEdit.arguments(folder.resolve("out.png"));
      arguments.addAll(model);
      arguments.addAll(LayoutEdit.tokenizers());
      return Run.of(arguments);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path picture(String name) {
    return LayoutEdit.file(name + ".png");
  }

  private void copy(String layout, String as) throws IOException {
    Files.copy(LayoutEdit.file(layout), folder.resolve(as));
  }

  private static void add(SafetensorsWriter writer, String layout, String prefix) {
    try (var file = Checkpoint.open(LayoutEdit.file(layout))) {
      for (String name : file.names()) {
        var tensor = file.tensor(name); // holds the file beyond its closing
        writer.tensor(
            prefix + name,
            tensor.dtype(),
            LongStream.of(tensor.shape()).boxed().toList(),
            sink -> sink.write(tensor.toBytes()));
      }
    }
  }
}
