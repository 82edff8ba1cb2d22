package dev.kontext4j.lora;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Adapter files that are damaged, or made for something else: one line that says so.
@TestInstance(Lifecycle.PER_CLASS)
class RefusedAdaptersTest {
  private static final String LAYER = "lora_unet_double_blocks_0_img_attn_proj";

  @TempDir Path folder;

  private TinyNetworks networks;
  private SafetensorsWriter writer;
  private Path file;

  @BeforeAll
  void open() {
    networks = new TinyNetworks();
  }

  @AfterAll
  void close() {
    networks.close();
  }

  @BeforeEach
  void begin() {
    file = folder.resolve("adapter.safetensors");
    writer = SafetensorsWriter.to(file);
  }

  private RefusedAdaptersTest with(String key, float value, long... shape) {
    var values = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))];
    Arrays.fill(values, value);
    writer.tensor(
        key, DType.F32, Arrays.stream(shape).boxed().toList(), sink -> sink.write(values));
    return this;
  }

  private RefusedAdaptersTest withLora(String layer, long in, long rank, long out) {
    return with(layer + ".lora_down.weight", 1, rank, in)
        .with(layer + ".lora_up.weight", 1, out, rank);
  }

  private void refused(String... words) throws IOException {
    writer.write();
    var e =
        assertThrows(
            CheckpointException.class, () -> Adapter.open(file, networks.names(), false).close());
    String line = String.valueOf(e.getMessage());
    assertTrue(line.startsWith(file.toString()), line);
    assertFalse(line.contains("\n"), line);
    for (String word : words) {
      assertTrue(line.contains(word), () -> "no \"" + word + "\" in: " + line);
    }
  }

  @Test
  void whatFitsIsTaken() throws IOException {
    withLora(LAYER, 48, 2, 48);
    writer.write();
    try (var adapter = Adapter.open(file, networks.names(), false)) {
      assertEquals(2, adapter.summary().used());
    }
  }

  @Test
  void keysThatMatchNothingAreListed() throws IOException {
    withLora(LAYER, 48, 2, 48).with("lora_unet_double_blocks_99_img_attn_proj.alpha", 1);
    refused("1 keys that match nothing", "double_blocks_99", "--lora-lenient");
    try (var adapter = Adapter.open(file, networks.names(), true)) {
      assertEquals(List.of("lora_unet_double_blocks_99_img_attn_proj.alpha"), adapter.unmatched());
      assertTrue(adapter.summary().line().startsWith("2 of 3 keys used"));
    }
  }

  @Test
  void anotherShapeIsTold() throws IOException {
    withLora(LAYER, 3072, 2, 3072).refused(LAYER, "3072x3072", "48x48");
  }

  @Test
  void halvesMustFitEachOther() throws IOException {
    with(LAYER + ".lora_down.weight", 1, 2, 48).with(LAYER + ".lora_up.weight", 1, 48, 3);
    refused("3 columns", "2 rows");
  }

  @Test
  void aHalfAloneIsNothing() throws IOException {
    with(LAYER + ".lora_down.weight", 1, 2, 48).refused("half of it is missing", "no up");
  }

  @Test
  void alphaAloneIsNothing() throws IOException {
    withLora(LAYER, 48, 2, 48)
        .with("lora_unet_img_in.alpha", 1)
        .refused("without what it is about");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void onlyNumbersAreTaken(float value) throws IOException {
    with(LAYER + ".lora_down.weight", 1, 2, 48).with(LAYER + ".lora_up.weight", value, 48, 2);
    refused(".lora_up.weight", "NaN or infinity");
  }

  @Test
  void alphaMustBeANumber() throws IOException {
    withLora(LAYER, 48, 2, 48).with(LAYER + ".alpha", Float.NaN).refused("alpha is NaN");
  }

  @Test
  void alphaMustBeOneNumber() throws IOException {
    withLora(LAYER, 48, 2, 48).with(LAYER + ".alpha", 1, 3).refused("not one number");
  }

  @Test
  void aRankOfNothingIsRefused() throws IOException {
    withLora(LAYER, 48, 0, 48).refused("rank 0");
  }

  @Test
  void oneThingTwiceIsRefused() throws IOException {
    withLora(LAYER, 48, 2, 48)
        .withLora("transformer.transformer_blocks.0.attn.to_out.0", 48, 2, 48)
        .refused("are about the same");
  }

  @Test
  void theWholeAndAPartOfItAreRefused() throws IOException {
    withLora("lora_unet_double_blocks_0_img_attn_qkv", 48, 2, 144)
        .withLora("transformer.transformer_blocks.0.attn.to_k", 48, 2, 48)
        .refused("change the same weights");
  }

  @Test
  void twoKindsForOneLayerAreRefused() throws IOException {
    withLora(LAYER, 48, 2, 48).with(LAYER + ".diff", 1, 48, 48).refused("in several ways");
  }

  @Test
  void lengthsMustBeAsManyAsRowsOrColumns() throws IOException {
    withLora(LAYER, 48, 2, 48).with(LAYER + ".dora_scale", 1, 47, 1).refused("47 lengths");
  }

  @Test
  void hugeShapesAreOnlyNumbers() throws IOException {
    with(LAYER + ".lokr_w1", 1, 40, 1).with(LAYER + ".lokr_w2", 1, 40, 1).refused("1600x1");
  }

  @Test
  void aWholeModelIsNoAdapter() throws IOException {
    with("img_in.weight", 1, 48, 64).with("img_in.bias", 1, 48).refused("--model");
  }

  @Test
  void anEmptyFileIsNoAdapter() throws IOException {
    refused("no weights of an adapter");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SDXL=lora_te2_text_model_encoder_layers_0_mlp_fc1",
        "Stable Diffusion=lora_unet_down_blocks_0_attentions_0_proj_in",
        "Wan=diffusion_model.blocks.0.cross_attn.k",
        "FLUX.2=transformer.single_stream_modulation.linear",
        "Qwen-Image=transformer.transformer_blocks.0.img_mlp.net.2",
        "Stable Diffusion 3=lora_unet_joint_blocks_0_x_block_attn_qkv",
        "HunyuanVideo=diffusion_model.double_blocks.0.img_attn_qkv"
      })
  void adaptersOfOtherModelsAreRecognised(String text) throws IOException {
    int sign = text.indexOf('=');
    withLora(text.substring(sign + 1), 48, 2, 48).refused("made for " + text.substring(0, sign));
  }
}
