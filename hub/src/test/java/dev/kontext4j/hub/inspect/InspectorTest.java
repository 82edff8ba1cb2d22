package dev.kontext4j.hub.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.weights.Sha256;
import dev.kontext4j.hub.TestFiles;
import dev.kontext4j.hub.held.RememberedHashes;
import dev.kontext4j.hub.lock.ModelsLock;
import dev.kontext4j.testkit.PublishedShapes;
import dev.kontext4j.testkit.SparseFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What headers of full size, with the names and shapes that diffusers and transformers have, are
/// taken for.
class InspectorTest {
  private static final long PARAMETERS = 11_901_408_320L; // of FLUX.1 [dev] and Kontext

  @TempDir Path folder;

  private final List<String> read = new ArrayList<>();

  private List<Inspection> inspect(ModelsLock lock, boolean hash, Path path) {
    var hashes = new RememberedHashes(folder.resolve("hashes.json"));
    return new Inspector(lock, hashes, hash, read::add).inspect(path);
  }

  private Inspection inspect(SparseFile file) throws IOException {
    Path path = file.write(folder.resolve("any-name.safetensors"));
    var found = inspect(ModelsLock.packed(), false, path);
    assertEquals(1, found.size());
    assertEquals(List.of(), read, "only the header was read");
    return found.getFirst();
  }

  private static Part only(Inspection inspection) {
    assertEquals(1, inspection.parts().size(), () -> inspection.parts().toString());
    return inspection.parts().getFirst();
  }

  private static SparseFile network(String name, String prefix, String dtype) throws IOException {
    return new SparseFile().addAll(prefix, dtype, PublishedShapes.of(name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "flux-kontext-original |                        | TRANSFORMER | true  | Kontext [dev]'s"
            + " shapes, but so have FLUX.1 [dev]'s",
        "flux-kontext-original | model.diffusion_model. | TRANSFORMER | true  | 19 double and 38"
            + " single blocks, 3072 wide",
        "flux-kontext          |                        | TRANSFORMER | true  | Kontext [dev]'s"
            + " shapes",
        "flux-schnell          |                        | TRANSFORMER | false | this is FLUX.1"
            + " [schnell], not Kontext",
        "flux-fill             |                        | TRANSFORMER | false | this is FLUX.1 Fill"
            + " [dev], not Kontext",
        "flux-canny            |                        | TRANSFORMER | false | Canny [dev] or"
            + " Depth [dev], not Kontext",
        "vae-flux              |                        | VAE         | true  | 16 latent channels,"
            + " as FLUX.1's",
        "vae-flux              | first_stage_model.     | VAE         | true  | 16 latent channels,"
            + " as FLUX.1's",
        "vae-sd                |                        | VAE         | false | this is Stable"
            + " Diffusion's VAE",
        "clip-l                |                        | CLIP        | true  | CLIP-L, as FLUX.1"
            + " uses it",
        "clip-g                |                        | CLIP        | false | this is CLIP-G, not"
            + " CLIP-L",
        "t5-xxl                |                        | T5          | true  | T5-XXL 1.1, as"
            + " FLUX.1 uses it",
        "t5-base               |                        | T5          | false | this is T5 1.1"
            + " base, not T5-XXL",
        "t5-small-first        |                        | T5          | false | this is the first"
            + " T5 small, not T5-XXL",
      })
  void networksAreKnownByNamesAndShapes(
      String network, String prefix, Part.Kind kind, boolean usable, String words)
      throws IOException {
    String before = Optional.ofNullable(prefix).orElse("");
    var part = only(inspect(network(network, before, "BF16")));
    assertEquals(kind, part.kind());
    assertEquals(before, part.prefix());
    assertEquals(usable, part.usable());
    assertTrue(part.what().contains(words), part::what);
  }

  @Test
  void parametersAreCounted() throws IOException {
    var found = inspect(network("flux-kontext", "", "BF16"));
    assertEquals(PARAMETERS, found.precision().elements());
    assertEquals(Set.of("BF16"), found.precision().types().keySet());
    assertEquals(1160, found.tensors());
    assertEquals("diffusers' names", only(found).layout());
    var original = inspect(network("flux-kontext-original", "", "F16"));
    assertEquals(PARAMETERS, original.precision().elements());
    assertEquals(780, original.tensors());
    assertEquals("the original release's names", only(original).layout());
  }

  @Test
  void scalesAreKnown() throws IOException {
    var old = network("flux-kontext-original", "", "F8_E4M3").add("scaled_fp8", "F8_E4M3", 0L);
    old.add("double_blocks.0.img_attn.qkv.scale_weight", "F32", 1L);
    var found = inspect(old);
    assertEquals("8 bits with ComfyUI's scales (older marks)", found.precision().scheme());
    assertEquals(PARAMETERS, found.precision().elements(), "scales are no parameters");
    var newer = network("flux-kontext-original", "", "F8_E4M3");
    newer.add("double_blocks.0.img_attn.qkv.comfy_quant", "U8", 30L);
    newer.add("double_blocks.0.img_attn.qkv.weight_scale", "F32", 1L);
    assertEquals("packed, with ComfyUI's newer marks", inspect(newer).precision().scheme());
    var plain = network("flux-kontext-original", "", "F8_E5M2");
    assertEquals("plain 8 bits, without scales", inspect(plain).precision().scheme());
    assertEquals("", inspect(network("vae-flux", "", "F32")).precision().scheme());
  }

  @Test
  void everythingInOneFile() throws IOException {
    var all =
        network("flux-kontext-original", "model.diffusion_model.", "F8_E4M3")
            .addAll("vae.", "F32", PublishedShapes.of("vae-flux"))
            .addAll("text_encoders.clip_l.transformer.", "F16", PublishedShapes.of("clip-l"))
            .addAll("text_encoders.t5xxl.transformer.", "F8_E4M3", PublishedShapes.of("t5-xxl"));
    var found = inspect(all);
    assertEquals(
        List.of(Part.Kind.TRANSFORMER, Part.Kind.VAE, Part.Kind.CLIP, Part.Kind.T5),
        found.parts().stream().map(Part::kind).toList());
    assertTrue(found.parts().stream().allMatch(Part::usable));
    assertEquals(List.of(), Pairing.problems(List.of(found)));
  }

  @ParameterizedTest
  @CsvSource({
    "lora_unet_double_blocks_0_img_attn_qkv.lora_down.weight, kohya's names",
    "lora_transformer_single_transformer_blocks_0_attn_to_q.lora_down.weight, OneTrainer's names",
    "transformer.transformer_blocks.0.attn.to_q.lora_A.weight, diffusers' names",
    "base_model.model.double_blocks.0.img_attn.qkv.lora_A.weight, fal's names",
    "double_blocks.0.processor.qkv_lora1.down.weight, XLabs' names",
    "double_blocks.0.img_attn.qkv.lora_B.weight, the original release's names",
    "diffusion_model.double_blocks.0.img_attn.qkv.lora_A.weight, ComfyUI's names",
    "lora_unet_double_blocks_0_img_attn_qkv.lokr_w1, kohya's names",
    "lora_unet_double_blocks_0_img_attn_qkv.hada_w1_a, kohya's names",
  })
  void adaptersAreToldByTheirNames(String name, String family) throws IOException {
    var part = only(inspect(new SparseFile().add(name, "F32", 4L, 8L)));
    assertEquals(Part.Kind.LORA, part.kind());
    assertEquals(family, part.layout());
  }

  @Test
  void otherModelsAreNamed() throws IOException {
    var unet = new SparseFile().add("model.diffusion_model.input_blocks.0.0.weight", "F16", 4L);
    assertTrue(only(inspect(unet)).what().contains("Stable Diffusion 1, 2 or XL"));
    var strange = inspect(new SparseFile().add("strange", "F32", 3L).metadata("a", "b"));
    assertEquals(List.of(), strange.parts());
    assertEquals(Map.of("a", "b"), strange.metadata());
  }

  @Test
  void whatIsNoWeightFileIsRefused() throws IOException {
    Path page = Files.writeString(folder.resolve("page.safetensors"), "<!DOCTYPE html>");
    assertThrows(CheckpointException.class, () -> inspect(ModelsLock.packed(), false, page));
    Path nowhere = folder.resolve("nowhere");
    assertThrows(CheckpointException.class, () -> inspect(ModelsLock.packed(), false, nowhere));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThrows(CheckpointException.class, () -> inspect(ModelsLock.packed(), false, empty));
  }

  /// A size that a file of the lock has is reason enough to read it all.
  @Test
  void hashesTellWhatShapesCannot() throws IOException {
    Path file = network("clip-l", "", "F16").write(folder.resolve("x.safetensors"));
    Path small = new SparseFile().add("a", "F32", 3L).write(folder.resolve("small.safetensors"));
    var known = TestFiles.known("clip_l.safetensors", Files.readAllBytes(small));
    var lock = new ModelsLock(Map.of("a", known), Map.of());
    var found = inspect(lock, false, small).getFirst();
    assertEquals(Optional.of(known), found.files().getFirst().known());
    assertTrue(found.isKnown());
    assertEquals(List.of("reading " + small), read);
    assertFalse(inspect(lock, false, file).getFirst().isCompared());
    var hashed = inspect(lock, true, file).getFirst();
    assertTrue(hashed.isCompared());
    assertFalse(hashed.isKnown());
    assertEquals(Optional.of(Sha256.of(file)), hashed.files().getFirst().sha256());
  }

  @Test
  void aModelFolderIsLookedAtAsAWhole() throws IOException {
    Files.writeString(folder.resolve("model_index.json"), "{}");
    Path transformer = Files.createDirectory(folder.resolve("transformer"));
    network("flux-kontext", "", "BF16").write(transformer.resolve("x.safetensors"));
    Path vae = Files.createDirectory(folder.resolve("vae"));
    network("vae-sd", "", "F32").write(vae.resolve("y.safetensors"));
    Path clip = Files.createDirectory(folder.resolve("text_encoder"));
    network("clip-g", "", "F32").write(clip.resolve("z.safetensors"));
    Path t5 = Files.createDirectory(folder.resolve("text_encoder_2"));
    network("t5-base", "", "F32").write(t5.resolve("z.safetensors"));
    var found = inspect(ModelsLock.packed(), false, folder);
    assertEquals(4, found.size());
    assertEquals(
        Set.of(
            "the VAE has 4 latent channels, but the transformer expects 16",
            "the CLIP text encoder is 1280 wide, but the transformer expects 768",
            "the T5 text encoder is 768 wide, but the transformer expects 4096"),
        Set.copyOf(Pairing.problems(found)));
  }

  /// 24 GB of which nothing but the header is there.
  @Test
  void aHeaderOfFullSizeIsReadQuickly() throws IOException {
    Path file = network("flux-kontext-original", "", "BF16").write(folder.resolve("full.sft"));
    assertTrue(Files.size(file) > 2 * PARAMETERS);
    double best = Double.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      inspect(ModelsLock.packed(), false, file);
      best = Math.min(best, (System.nanoTime() - start) / 1e9);
    }
    assertTrue(best <= 0.3, "it took " + best + " s");
  }
}
