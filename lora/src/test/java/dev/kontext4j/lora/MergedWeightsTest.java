package dev.kontext4j.lora;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.lora.names.Part;
import dev.kontext4j.testkit.GoldenFiles;
import dev.kontext4j.testkit.TensorAssert;
import dev.kontext4j.testkit.Tolerance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Merged weights beside those that diffusers, PEFT and LyCORIS make of the same files.
@TestInstance(Lifecycle.PER_CLASS)
class MergedWeightsTest {
  private static final Set<String> WITHOUT_CLIP = Set.of("fal", "bfl", "simpletuner");

  private TinyNetworks networks;
  private Checkpoint ofFormats;
  private Checkpoint ofTypes;

  @BeforeAll
  void open() {
    networks = new TinyNetworks();
    ofFormats = Checkpoint.open(GoldenFiles.path("lora/formats.safetensors"));
    ofTypes = Checkpoint.open(GoldenFiles.path("lora/types.safetensors"));
  }

  @AfterAll
  void close() {
    ofTypes.close();
    ofFormats.close();
    networks.close();
  }

  @AfterEach
  void withoutAdapters() {
    networks.bare();
  }

  private static List<String> files(String folder) throws IOException {
    try (var files = Files.list(GoldenFiles.path("lora/" + folder))) {
      return files
          .map(file -> String.valueOf(file.getFileName()).replace(".safetensors", ""))
          .sorted()
          .toList();
    }
  }

  static List<String> formats() throws IOException {
    return files("formats");
  }

  /// A type and the strength it is tried at.
  static List<String> types() throws IOException {
    try (var golden = Checkpoint.open(GoldenFiles.path("lora/types.safetensors"))) {
      return golden.names().stream()
          .map(name -> name.split("/", -1)[0])
          .distinct()
          .sorted()
          .toList();
    }
  }

  @Test
  void allAreHere() throws IOException {
    assertEquals(11, formats().size());
    assertEquals(22, files("types").size());
    assertEquals(
        Set.copyOf(files("types")),
        Set.copyOf(types().stream().map(type -> type.split("@", -1)[0]).toList()));
  }

  private Adapter adapter(String name) {
    Path file = GoldenFiles.path("lora/" + name + ".safetensors");
    return Adapter.open(file, networks.names(), false);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("formats")
  void everyFormatGivesTheSameWeights(String format) {
    boolean xlabs = format.equals("xlabs");
    try (var adapters = new Adapters().with(adapter("formats/" + format), 1, BlockChoice.ALL);
        var _ = Scope.open()) {
      networks.under(adapters);
      for (String tensor : ofFormats.names()) {
        boolean clip = tensor.startsWith("clip/");
        if (xlabs == tensor.startsWith("xlabs/") && !(clip && WITHOUT_CLIP.contains(format))) {
          requireMerged(format, ofFormats.tensor(tensor), tensor.replace("xlabs/", ""));
        }
      }
      boolean clip =
          adapters.overlay(Part.CLIP).touches("encoder.layers.1.self_attn.q_proj.weight");
      assertEquals(!xlabs && !WITHOUT_CLIP.contains(format), clip);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("types")
  void everyTypeIsMergedAsItsMakersDo(String type) {
    double strength = Double.parseDouble(type.split("@", -1)[1]);
    var adapter = adapter("types/" + type.split("@", -1)[0]);
    try (var adapters = new Adapters().with(adapter, strength, BlockChoice.ALL);
        var _ = Scope.open()) {
      networks.under(adapters);
      int compared = 0;
      for (String tensor : ofTypes.names()) {
        if (tensor.startsWith(type + "/")) {
          requireMerged(type, ofTypes.tensor(tensor), tensor.substring(type.length() + 1));
          compared++;
        }
      }
      assertTrue(compared > 0);
    }
  }

  private void requireMerged(String what, Tensor expected, String name) {
    TensorAssert.near(what + " " + name, expected, networks.weight(name), Tolerance.MERGED);
  }

  @Test
  void theOrderOfAdaptersDoesNotMatter() {
    var names = List.of("formats/kohya", "types/dora_rows", "one", "two", "types/lokr_full");
    float[] once = merged(names);
    assertArrayEquals(once, merged(names.reversed()));
    assertFalse(Arrays.equals(once, merged(names.subList(0, 4))));
  }

  private float[] merged(List<String> names) {
    var adapters = new Adapters();
    for (String name : names) {
      adapters.with(adapter(name), 0.7, BlockChoice.ALL);
    }
    try (adapters;
        var _ = Scope.open()) {
      networks.under(adapters);
      var all = new ArrayList<Tensor>();
      for (String name : List.of("img_in.weight", "double_blocks.0.img_attn.qkv.weight")) {
        all.add(networks.weight(name).reshape(1, -1));
      }
      return Tensor.cat(all, 1).toFloats();
    }
  }

  @Test
  void onlyChosenBlocksAreChanged() {
    var blocks = BlockChoice.parse("double.0,single.2-9");
    try (var adapters = new Adapters().with(adapter("formats/kohya"), 1, blocks)) {
      var overlay = adapters.overlay(Part.TRANSFORMER);
      assertTrue(overlay.touches("double_blocks.0.img_attn.qkv.weight"));
      assertTrue(overlay.touches("single_blocks.2.modulation.lin.weight"));
      assertFalse(overlay.touches("double_blocks.1.txt_attn.proj.weight"));
      assertFalse(overlay.touches("img_in.weight"));
      assertFalse(adapters.overlay(Part.CLIP).touches("encoder.layers.1.self_attn.q_proj.weight"));
    }
  }
}
