package dev.kontext4j.lora.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.lora.Adapter;
import dev.kontext4j.lora.Adapters;
import dev.kontext4j.lora.BlockChoice;
import dev.kontext4j.lora.Planned;
import dev.kontext4j.lora.TinyNetworks;
import dev.kontext4j.lora.change.Misfit;
import dev.kontext4j.lora.names.Style;
import dev.kontext4j.testkit.GoldenFiles;
import dev.kontext4j.testkit.TensorAssert;
import dev.kontext4j.testkit.Tolerance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Adapters written anew: whatever form they have now, they do to weights what they did before.
@TestInstance(Lifecycle.PER_CLASS)
class RewritingTest {
  @TempDir Path folder;

  private TinyNetworks networks;
  private Checkpoint ofFormats;

  @BeforeAll
  void open() {
    networks = new TinyNetworks();
    ofFormats = Checkpoint.open(GoldenFiles.path("lora/formats.safetensors"));
  }

  @AfterAll
  void close() {
    ofFormats.close();
    networks.close();
  }

  private Adapter adapter(String name) {
    return Adapter.open(GoldenFiles.path("lora/" + name + ".safetensors"), networks.names(), false);
  }

  private Path written(Rewriting rewriting, String name) throws IOException {
    Path file = folder.resolve(name + ".safetensors");
    rewriting.write(file, DType.F32, Map.of("note", "x"));
    return file;
  }

  private void add(Rewriting rewriting, Adapter adapter, double strength) {
    for (Planned planned : adapter.planned()) {
      rewriting.add(planned.target(), planned.change(), strength);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "kohya,DIFFUSERS",
    "kohya,KOHYA",
    "kohya,BFL",
    "diffusers,DIFFUSERS",
    "diffusers,KOHYA",
    "diffusers,BFL",
    "kohya_split,DIFFUSERS",
    "kohya_split,KOHYA"
  })
  void everyFormDoesTheSame(String from, KeyStyle style) throws IOException {
    try (var before = adapter("formats/" + from)) {
      var rewriting = new Rewriting(networks.names(), style, OptionalLong.empty());
      add(rewriting, before, 1);
      Path file = written(rewriting, from + "-" + style);
      var after = Adapter.open(file, networks.names(), false);
      try (var adapters = new Adapters().with(after, 1, BlockChoice.ALL);
          var _ = Scope.open()) {
        networks.under(adapters);
        for (String tensor : ofFormats.names()) {
          if (!tensor.startsWith("xlabs/")) {
            TensorAssert.near(
                from + " as " + style + " " + tensor,
                ofFormats.tensor(tensor),
                networks.weight(tensor),
                Tolerance.MERGED);
          }
        }
        assertEquals(style.name(), style(after).name().replace("COMFYUI", "BFL"));
      } finally {
        networks.bare();
      }
    }
  }

  private static Style style(Adapter adapter) {
    return adapter.summary().style();
  }

  /// Of a fused layer whose parts had ranks of their own, each part gets its own back.
  @Test
  void ranksDoNotGrowOnTheWay() throws IOException {
    try (var before = adapter("formats/kohya")) {
      var rewriting = new Rewriting(networks.names(), KeyStyle.DIFFUSERS, OptionalLong.empty());
      add(rewriting, before, 1);
      try (var file = Checkpoint.open(written(rewriting, "back"));
          var original = adapter("formats/diffusers")) {
        assertEquals(
            original.keys().stream().sorted().toList(), file.names().stream().sorted().toList());
        assertEquals(
            2L, file.entry("transformer.transformer_blocks.0.attn.to_k.lora_A.weight").sizes()[0]);
      }
    }
  }

  @Test
  void twoBecomeTheNearestOneOfARank() throws IOException {
    try (var one = adapter("one");
        var two = adapter("two");
        var golden = Checkpoint.open(GoldenFiles.path("lora/combined.safetensors"));
        var _ = Scope.open()) {
      var rewriting = new Rewriting(networks.names(), KeyStyle.BFL, OptionalLong.of(2));
      add(rewriting, one, 0.8);
      add(rewriting, two, -0.5);
      try (var file = Checkpoint.open(written(rewriting, "both"))) {
        for (String layer : golden.names()) {
          String key = "diffusion_model." + layer;
          var up = file.tensor(key + ".lora_B.weight");
          assertEquals(2, up.size(1));
          var product = up.matmul(file.tensor(key + ".lora_A.weight"));
          TensorAssert.near(layer + " at rank 2", golden.tensor(layer), product);
        }
      }
    }
  }

  @Test
  void whatIsNoProductNeedsARank() throws IOException {
    try (var before = adapter("types/lokr_full")) {
      var exact = new Rewriting(networks.names(), KeyStyle.KOHYA, OptionalLong.empty());
      add(exact, before, 1);
      var e = assertThrows(Misfit.class, () -> written(exact, "lokr"));
      assertTrue(String.valueOf(e.getMessage()).contains("--rank"), e::getMessage);
      assertFalse(Files.exists(folder.resolve("lokr.safetensors")));

      var nearest = new Rewriting(networks.names(), KeyStyle.KOHYA, OptionalLong.of(48));
      add(nearest, before, 1);
      var after = Adapter.open(written(nearest, "lokr"), networks.names(), false);
      try (var adapters = new Adapters().with(after, 1, BlockChoice.ALL);
          var golden = Checkpoint.open(GoldenFiles.path("lora/types.safetensors"));
          var _ = Scope.open()) {
        networks.under(adapters);
        TensorAssert.near(
            "LoKr as a product of full rank",
            golden.tensor("lokr_full@1.0/img_in.weight"),
            networks.weight("img_in.weight"));
      } finally {
        networks.bare();
      }
    }
  }

  @Test
  void aDoraNeedsItsModel() throws IOException {
    try (var before = adapter("types/dora_rows")) {
      var rewriting = new Rewriting(networks.names(), KeyStyle.KOHYA, OptionalLong.of(4));
      add(rewriting, before, 1);
      var e = assertThrows(Misfit.class, () -> written(rewriting, "dora"));
      assertTrue(String.valueOf(e.getMessage()).contains("bake it"), e::getMessage);
    }
  }

  @Test
  void biasesAndNormsGoWhereTheyCan() throws IOException {
    try (var before = adapter("types/norm")) {
      var diffusers = new Rewriting(networks.names(), KeyStyle.DIFFUSERS, OptionalLong.empty());
      add(diffusers, before, 1);
      assertThrows(Misfit.class, () -> written(diffusers, "norm"));
      var bfl = new Rewriting(networks.names(), KeyStyle.BFL, OptionalLong.empty());
      add(bfl, before, 1);
      try (var after = Adapter.open(written(bfl, "norm"), networks.names(), false)) {
        assertEquals(1, after.summary().used());
      }
    }
  }

  /// Random vectors first, for matrices that are too large to be taken apart whole.
  @Test
  void aLargeMatrixOfLowRankIsFoundExactly() {
    try (var _ = Scope.open()) {
      var left = random(700, 5, 1);
      var right = random(5, 900, 2);
      var matrix = left.matmul(right);
      var halves = Halves.nearest(matrix, 5);
      assertEquals(5, halves.rank());
      TensorAssert.near("700 x 900 of rank 5", matrix, halves.up().matmul(halves.down()));
    }
  }

  private static Tensor random(int rows, int columns, long seed) {
    var random = new Random(seed);
    var values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, rows, columns);
  }
}
