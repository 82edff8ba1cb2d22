package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kontext4j.cli.failure.ExitCode;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.testkit.GoldenFiles;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Weights in other layouts and precisions: the same bytes, or those of the package that packs so.
class ConvertTest {
  private static final Path LAYOUTS = GoldenFiles.path("layouts");

  @TempDir Path folder;

  @Test
  void thereAndBackNothingChanges() throws IOException {
    Path original = LAYOUTS.resolve("original.safetensors");
    Path diffusers = convert(original, "diffusers.safetensors", "diffusers");
    Path back = convert(diffusers, "back.safetensors", "bfl");
    try (var before = Checkpoint.open(original);
        var there = Checkpoint.open(diffusers);
        var after = Checkpoint.open(back)) {
      assertTrue(there.find("transformer_blocks.0.attn.to_k.weight").isPresent());
      assertEquals(before.names(), after.names());
      for (String name : before.names()) {
        assertEquals(before.entry(name).dtypeName(), after.entry(name).dtypeName());
        assertEquals(before.entry(name).shape(), after.entry(name).shape());
        assertArrayEquals(bytes(before, name), bytes(after, name), name);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "original.safetensors, q8_0, converted.gguf",
    "original.safetensors, fp8-scaled, converted.safetensors",
    "t5xxl_fp16.safetensors, q8_0, converted.gguf",
  })
  void packedAsThePackagesPack(String in, String to, String out) throws IOException {
    JsonNode expected =
        new JsonMapper().readTree(LAYOUTS.resolve("converted.json").toFile()).get(in).get(to);
    var hashes = new TreeMap<String, String>();
    expected.propertyStream().forEach(each -> hashes.put(each.getKey(), each.getValue().asText()));
    var found = new TreeMap<String, String>();
    try (var converted = Checkpoint.open(convert(LAYOUTS.resolve(in), out, to))) {
      for (String name : converted.names()) {
        found.put(name, Sha256.of(bytes(converted, name)).digits());
      }
    }
    assertEquals(hashes, found);
  }

  @Test
  void packedWeightsAreExpanded() throws IOException {
    Path whole = convert(LAYOUTS.resolve("city96.gguf"), "whole.safetensors", "bf16");
    try (var converted = Checkpoint.open(whole)) {
      for (String name : converted.names()) {
        assertEquals(Optional.of(DType.BF16), converted.entry(name).dtype());
      }
      var metadata = converted.files().getFirst().metadata();
      assertTrue(metadata.toString().contains("kontext4j.origin=city96.gguf, converted to BF16"));
    }
  }

  /// The toybox has heads that no shape tells how to turn; its config travels with it.
  @Test
  void theConfigIsCarried() throws IOException {
    Path single = convert(GoldenFiles.path("model/transformer"), "single.safetensors", "bfl");
    Path again = convert(single, "again.safetensors", "diffusers");
    try (var before = Checkpoint.open(GoldenFiles.path("model/transformer"));
        var after = Checkpoint.open(again)) {
      assertEquals(before.names(), after.names());
      for (String name : before.names()) {
        assertArrayEquals(bytes(before, name), bytes(after, name), name);
      }
    }
  }

  @Test
  void nothingIsWrittenOver() throws IOException {
    Path out = Files.writeString(folder.resolve("there.safetensors"), "mine");
    String in = LAYOUTS.resolve("original.safetensors").toString();
    Run.of("convert", in, out.toString(), "--to", "bf16")
        .refused(ExitCode.INPUT, out + " is there already", "--force");
    assertEquals("mine", Files.readString(out));
    Run.of("convert", in, out.toString(), "--to", "bf16", "--force").done();
    assertFalse(Files.readString(out, StandardCharsets.ISO_8859_1).equals("mine"));
  }

  @Test
  void whatCannotBe() {
    String in = LAYOUTS.resolve("original.safetensors").toString();
    String out = folder.resolve("out.safetensors").toString();
    Run.of("convert", in, out, "--to", "q8_0").refused(ExitCode.USAGE, "must end in .gguf");
    Run.of("convert", in, out, "--to", "q3").refused(ExitCode.USAGE, "must be one of bf16, fp8");
    Run.of("convert", LAYOUTS.resolve("ae.safetensors").toString(), out, "--to", "bf16")
        .refused(ExitCode.MODEL, "holds a VAE; convert takes a transformer or a T5 encoder");
    Run.of("convert", LAYOUTS.resolve("t5.gguf").toString(), out, "--to", "bfl")
        .refused(ExitCode.MODEL, "a T5 encoder has one set of names only");
    Run.of("convert", folder.resolve("absent").toString(), out, "--to", "bfl")
        .refused(ExitCode.MODEL, "absent", "no such file or folder");
    assertEquals(List.of(), List.of(Optional.ofNullable(folder.toFile().list()).orElseThrow()));
  }

  private Path convert(Path in, String out, String to) {
    Path file = folder.resolve(out);
    Run.of("convert", in.toString(), file.toString(), "--to", to).done();
    return file;
  }

  private static byte[] bytes(Checkpoint checkpoint, String name) {
    return checkpoint.bytes(name).toArray(ValueLayout.JAVA_BYTE);
  }
}
