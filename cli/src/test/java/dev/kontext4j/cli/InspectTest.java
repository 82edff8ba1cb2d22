package dev.kontext4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kontext4j.cli.failure.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kontext inspect`. What files are taken for is in InspectorTest.
class InspectTest {
  @TempDir Path folder;

  private static String model(String part) {
    return Workplace.model().resolve(part).toString();
  }

  @Test
  void aFileIsTold() throws IOException {
    // A copy, because nobody remembers its hash.
    Path original = Path.of(model("transformer/diffusion_pytorch_model.safetensors"));
    String file = Files.copy(original, folder.resolve("copy.safetensors")).toString();
    String told = String.join("\n", Run.of("inspect", file).done());
    assertTrue(told.contains("transformer  it has FLUX.1 Kontext [dev]'s shapes"), told);
    assertTrue(told.contains("2 double and 3 single blocks, 48 wide"), told);
    assertTrue(told.contains("identity     not compared; --hash reads all of it"), told);
    assertTrue(told.contains("F32: "), told);
    String hashed = String.join("\n", Run.of("inspect", "--hash", "-q", file).done());
    assertTrue(hashed.contains("identity     unknown: the sha256 is of no file"), hashed);
  }

  @Test
  void aFolderIsToldAsJson() throws IOException {
    var json =
        new JsonMapper().readTree(String.join("", Run.of("inspect", model(""), "--json").done()));
    assertEquals(4, json.path("weights").size());
    assertEquals("clip", json.at("/weights/0/parts/0/kind").asText());
    assertEquals("t5", json.at("/weights/1/parts/0/kind").asText());
    assertEquals("transformer", json.at("/weights/2/parts/0/kind").asText());
    assertEquals("vae", json.at("/weights/3/parts/0/kind").asText());
    assertEquals("safetensors", json.at("/weights/3/format").asText());
    assertEquals(0, json.path("problems").size(), json::toString);
  }

  /// In one line.
  private static String told(String file) {
    return String.join(" ", Run.of("inspect", file, "-q").done()).replaceAll("\\s+", " ");
  }

  @Test
  void ggufIsTold() throws IOException {
    String file = LayoutEdit.file("city96.gguf").toString();
    String told = told(file);
    assertTrue(told.contains("2 double and 1 single blocks, 64 wide"), told);
    assertTrue(told.contains("the original release's names"), told);
    for (String type : List.of("F32", "BF16", "Q8_0", "Q4_0", "Q2_K", "Q6_K", "IQ4_NL", "IQ4_XS")) {
      assertTrue(told.contains(type + ": "), told);
    }
    assertTrue(told.contains("general.architecture flux"), told);
    var json = new JsonMapper().readTree(Run.of("inspect", file, "--json").done().getFirst());
    var weights = json.at("/weights/0");
    assertEquals("GGUF", weights.path("format").asText(), json::toString);
    assertEquals("transformer", weights.at("/parts/0/kind").asText());
    assertTrue(weights.at("/parts/0/usable").asBoolean());
    assertEquals("flux", weights.at("/metadata/general.architecture").asText());
    assertTrue(weights.at("/types/Q5_K/tensors").asInt() > 0, json::toString);
  }

  @Test
  void t5AsGgufIsTold() {
    String file = LayoutEdit.file("t5.gguf").toString();
    String told = told(file);
    assertTrue(told.contains("llama.cpp's names"), told);
    assertTrue(told.contains("Q8_0: "), told);
  }

  /// One bad file does not keep the others from being told.
  @Test
  void whatIsNoWeightFile() throws IOException {
    Path page = Files.writeString(folder.resolve("page.safetensors"), "<!DOCTYPE html>");
    var run = Run.of("inspect", page.toString(), model("vae"));
    assertEquals(ExitCode.MODEL.number(), run.code());
    assertTrue(run.err().getFirst().contains("this is a web page"), run::toString);
    assertTrue(String.join("\n", run.out()).contains("VAE"), run::toString);
    Run.of("inspect", "/nowhere").refused(ExitCode.MODEL, "/nowhere", "check the path");
  }
}
