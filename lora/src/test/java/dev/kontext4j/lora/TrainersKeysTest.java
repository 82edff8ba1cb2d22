package dev.kontext4j.lora;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.safetensors.SafetensorsWriter;
import dev.kontext4j.lora.names.NetworkNames;
import dev.kontext4j.lora.names.Part;
import dev.kontext4j.testkit.GoldenFiles;
import dev.kontext4j.transformer.clip.ClipLayouts;
import dev.kontext4j.transformer.clip.ClipTextEncoder;
import dev.kontext4j.transformer.flux.FluxLayouts;
import dev.kontext4j.transformer.flux.FluxTransformer;
import dev.kontext4j.transformer.t5.T5Encoder;
import dev.kontext4j.transformer.t5.T5Layouts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files with the keys that trainers write for the published model, in its true sizes: every key is
/// used. (The ranks are 1 here, to keep the files small.)
class TrainersKeysTest {
  private static final long RANK = 16;

  private static NetworkNames names;
  private static JsonNode trainers;

  @TempDir Path folder;

  @BeforeAll
  static void read() throws IOException {
    trainers = new JsonMapper().readTree(GoldenFiles.path("lora/keys.json").toFile());
    names =
        new NetworkNames()
            .with(Part.TRANSFORMER, FluxTransformer.publishedParameters(), FluxLayouts.ALL)
            .with(Part.CLIP, ClipTextEncoder.publishedParameters(), ClipLayouts.ALL)
            .with(Part.T5, T5Encoder.publishedParameters(), T5Layouts.ALL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sd-scripts           | 1632 of 1632 keys used, 19+38 blocks, CLIP, T5, rank 1, LoRA,"
            + " kohya",
        "musubi-tuner         | 912 of 912 keys used, 19+38 blocks, rank 1, LoRA, kohya",
        "ai-toolkit           | 988 of 988 keys used, 19+38 blocks, rank 1, LoRA, diffusers",
        "diffusers-dreambooth | 476 of 476 keys used, 19+38 blocks, CLIP, rank 1, LoRA, diffusers",
        "OneTrainer           | 2232 of 2232 keys used, 19+38 blocks, CLIP, T5, rank 1, LoRA,"
            + " OneTrainer",
        "fal                  | 608 of 608 keys used, 19+38 blocks, rank 1, LoRA, PEFT on",
        "XLabs                | 152 of 152 keys used, 19+0 blocks, rank 1, LoRA, XLabs",
        "ComfyUI-extracted    | 1216 of 1216 keys used, 19+38 blocks, rank 1, LoRA + difference,"
            + " ComfyUI",
        "ComfyUI-linear1_qkv  | 114 of 114 keys used, 0+38 blocks, rank 1, LoRA, ComfyUI",
        "LoKr                 | 912 of 912 keys used, 19+38 blocks, LoKr, ComfyUI"
      })
  void everyKeyIsUsed(String trainer, String expected) throws IOException {
    Path file = write(trainer);
    try (var adapter = Adapter.open(file, names, false)) {
      assertEquals(List.of(), adapter.unmatched());
      String line = adapter.summary().line();
      assertTrue(line.startsWith(expected), line);
    }
  }

  private Path write(String trainer) throws IOException {
    Path file = folder.resolve(trainer + ".safetensors");
    var writer = SafetensorsWriter.to(file);
    for (JsonNode family : trainers.get(trainer)) {
      var shape = shape(family.get(1));
      int bytes = Math.toIntExact(2 * shape.stream().reduce(1L, Math::multiplyExact));
      for (int i = 0; i < family.get(2).asInt(); i++) {
        String key = family.get(0).asText().replace("*", Integer.toString(i));
        writer.tensor(key, DType.BF16, shape, sink -> sink.write(new byte[bytes]));
      }
    }
    writer.write();
    return file;
  }

  private static List<Long> shape(JsonNode sizes) {
    return sizes.valueStream().map(JsonNode::asLong).map(size -> size == RANK ? 1 : size).toList();
  }
}
