package dev.kontext4j.transformer.flux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.ClosedTensorException;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.DeviceException;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.quant.Precision;
import dev.kontext4j.engine.residency.GroupSize;
import dev.kontext4j.engine.residency.Residency;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.engine.weights.Overlay;
import dev.kontext4j.engine.weights.PartFiles;
import dev.kontext4j.testkit.GoldenFiles;
import dev.kontext4j.testkit.StreamingPlans;
import dev.kontext4j.testkit.TestDevice;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever plan the weights follow, the network gives the same numbers, bit for bit.
@Timeout(120)
class StreamedTransformerTest {
  private static final String DIFFUSERS = "model/transformer";
  private static final String PREFIX = "model.diffusion_model.";

  private static PartFiles files(String name) {
    Path path = GoldenFiles.path(name);
    if (Files.isDirectory(path)) {
      return PartFiles.folder(path);
    }
    try (var checkpoint = Checkpoint.open(path)) {
      boolean within = checkpoint.names().stream().anyMatch(each -> each.startsWith(PREFIX));
      return PartFiles.of(path, within ? PREFIX : "", List.of());
    }
  }

  private static ModelPart<FluxTransformer> open(PartFiles files, DType dtype, Residency plan) {
    return FluxTransformer.open(files, Computing.exactly(dtype, TestDevice.get()), plan);
  }

  private static List<byte[]> velocities(
      PartFiles files, DType dtype, Residency plan, Overlay overlay) {
    return velocities(files, dtype, Precision.EXACT, plan, overlay);
  }

  private static List<byte[]> velocities(
      PartFiles files, DType dtype, Precision precision, Residency plan, Overlay overlay) {
    var computing = new Computing(dtype, precision, TestDevice.get());
    try (var part = FluxTransformer.open(files, computing, plan)) {
      part.overlay(overlay);
      return new SomeSteps(part.network(), dtype).velocities();
    }
  }

  private static List<Residency> plans(PartFiles files, DType dtype) {
    return StreamingPlans.of(sizes(files, dtype));
  }

  private static long least(PartFiles files, DType dtype) {
    return StreamingPlans.leastRing(sizes(files, dtype));
  }

  private static List<GroupSize> sizes(PartFiles files, DType dtype) {
    try (var part = open(files, dtype, Residency.ALL)) {
      return part.sizes();
    }
  }

  private static void assertSame(List<byte[]> expected, List<byte[]> found, Residency plan) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < found.size(); i++) {
      assertArrayEquals(expected.get(i), found.get(i), plan + ", velocity " + i);
    }
  }

  private static void assertEveryPlanIsTheSame(PartFiles files, DType dtype, Overlay overlay) {
    assertEveryPlanIsTheSame(files, dtype, Precision.EXACT, overlay);
  }

  private static void assertEveryPlanIsTheSame(
      PartFiles files, DType dtype, Precision precision, Overlay overlay) {
    var resident = velocities(files, dtype, precision, Residency.ALL, overlay);
    assertFalse(Arrays.equals(resident.getFirst(), resident.getLast()));
    for (Residency plan : plans(files, dtype)) {
      assertSame(resident, velocities(files, dtype, precision, plan, overlay), plan);
    }
  }

  /// Of f32, where q, k and v are apart; of bf16 in the original's names; of 8 and 4 bits, scaled
  /// and in blocks.
  @ParameterizedTest
  @ValueSource(
      strings = {
        DIFFUSERS,
        "model-bf16/transformer",
        "model-sharded/transformer",
        "layouts/original.safetensors",
        "layouts/fp8_old_keys.safetensors",
        "layouts/fp8_new_keys.safetensors",
        "layouts/fp8_plain.safetensors",
        "layouts/nvfp4.safetensors",
        "layouts/q8_0.gguf",
        "layouts/sd_cpp.gguf",
        "layouts/city96.gguf"
      })
  void everyPlanGivesTheSameNumbers(String model) {
    assertEveryPlanIsTheSame(files(model), DType.F32, Overlay.NONE);
    assertEveryPlanIsTheSame(files(model), DType.BF16, Overlay.NONE);
  }

  /// Adds to weights that stay, that come and go, that are put together, and that are needed once.
  private record Adding(boolean packsAgain) implements Overlay {
    @Override
    public boolean touches(String name) {
      return name.endsWith("qkv.weight")
          || name.endsWith("linear1.weight")
          || name.endsWith("img_mod.lin.weight")
          || name.equals("img_in.weight");
    }

    @Override
    public Tensor apply(String name, Original weight, DType dtype) {
      long rows = weight.shape()[0];
      var parts = List.of(weight.rows(0, rows / 3), weight.rows(rows / 3, rows - rows / 3));
      return Tensor.cat(parts, 0).add(0.01 * name.length()).to(dtype);
    }
  }

  private static final Overlay ADDING = new Adding(false);

  @ParameterizedTest
  @ValueSource(strings = {DIFFUSERS, "layouts/original.safetensors", "layouts/q8_0.gguf"})
  void alsoWhileAnOverlayChangesWeights(String model) {
    assertEveryPlanIsTheSame(files(model), DType.F32, ADDING);
    assertEveryPlanIsTheSame(files(model), DType.BF16, ADDING);
    assertEveryPlanIsTheSame(files(model), DType.BF16, new Adding(true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        DIFFUSERS,
        "model-bf16/transformer",
        "layouts/original.safetensors",
        "layouts/fp8_old_keys.safetensors",
        "layouts/nvfp4.safetensors",
        "layouts/q8_0.gguf"
      })
  void alsoWhereProductsAreOf8Bits(String model) {
    for (Precision precision : List.of(Precision.INT8, Precision.FP8)) {
      assertEveryPlanIsTheSame(files(model), DType.F32, precision, Overlay.NONE);
      assertEveryPlanIsTheSame(files(model), DType.BF16, precision, new Adding(true));
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void overlaysMayChangeBetweenEdits(Precision precision) {
    var files = files(DIFFUSERS);
    var bare = velocities(files, DType.F32, precision, Residency.ALL, Overlay.NONE);
    var changed = velocities(files, DType.F32, precision, Residency.ALL, ADDING);
    for (Residency plan : plans(files, DType.F32)) {
      var computing = new Computing(DType.F32, precision, TestDevice.get());
      try (var part = FluxTransformer.open(files, computing, plan)) {
        var steps = new SomeSteps(part.network(), DType.F32);
        assertSame(bare, steps.velocities(), plan);
        part.overlay(ADDING);
        assertSame(changed, steps.velocities(), plan);
        part.overlay(Overlay.NONE);
        assertSame(bare, steps.velocities(), plan);
      }
    }
  }

  /// From each plan to each other one, and with blocks that rest in between.
  @ParameterizedTest
  @EnumSource(Precision.class)
  void plansMayChangeBetweenEdits(Precision precision) {
    for (String model : List.of(DIFFUSERS, "layouts/q8_0.gguf")) {
      var files = files(model);
      var computing = new Computing(DType.F32, precision, TestDevice.get());
      var resident = velocities(files, DType.F32, precision, Residency.ALL, ADDING);
      var plans = new ArrayList<>(plans(files, DType.F32));
      plans.add(2, Residency.ALL);
      plans.add(Residency.ALL);
      long before = Scope.liveTensors();
      try (var part = FluxTransformer.open(files, computing, plans.getLast())) {
        part.overlay(ADDING);
        var steps = new SomeSteps(part.network(), DType.F32);
        for (Residency plan : plans) {
          assertSame(resident, steps.velocities(), plan);
          part.follow(plan);
          assertSame(resident, steps.velocities(), plan);
          part.rest(1);
        }
      }
      assertEquals(before, Scope.liveTensors());
    }
  }

  /// Counts how often each block's last weight is read.
  private record Counting(Map<String, Integer> reads) implements Overlay {
    @Override
    public boolean touches(String name) {
      return name.startsWith("single_blocks") && name.endsWith("linear2.weight");
    }

    @Override
    public Tensor apply(String name, Original weight, DType dtype) {
      reads.merge(name.split("\\.", -1)[1], 1, Integer::sum);
      return weight.whole().to(dtype);
    }
  }

  /// Of two double and three single blocks, with four velocities an edit. Where only one passes, it
  /// is here until the next edit.
  @Test
  void blocksThatStayUnderBothPlansAreNotReadAgain() {
    var files = files(DIFFUSERS);
    long ring = 2 * least(files, DType.F32);
    var reads = new TreeMap<String, Integer>();
    try (var part = open(files, DType.F32, Residency.streaming(4, ring))) {
      part.overlay(new Counting(reads));
      var steps = new SomeSteps(part.network(), DType.F32);
      steps.velocities();
      assertEquals(Map.of("0", 1, "1", 1, "2", 1), reads);
      part.follow(Residency.streaming(3, ring));
      steps.velocities();
      assertEquals(Map.of("0", 1, "1", 5, "2", 5), reads);
      part.follow(Residency.streaming(4, ring));
      steps.velocities();
      assertEquals(Map.of("0", 1, "1", 6, "2", 6), reads);
      part.rest(3);
      steps.velocities();
      assertEquals(Map.of("0", 1, "1", 7, "2", 7), reads);
    }
  }

  /// What does not stay leaves at once, and not only at the next use.
  @Test
  void whatDoesNotStayAnyMoreIsFreedAtOnce() {
    var files = files(DIFFUSERS);
    long ring = least(files, DType.F32);
    try (var part = open(files, DType.F32, Residency.streaming(4, ring))) {
      new SomeSteps(part.network(), DType.F32).velocities();
      long all = Scope.liveTensors();
      part.rest(4);
      long without = Scope.liveTensors();
      part.rest(3);
      long three = Scope.liveTensors();
      part.follow(Residency.streaming(1, ring));
      long one = Scope.liveTensors();
      assertTrue(all > without && without > three && three > one, all + " " + three + " " + one);
    }
  }

  @Test
  void aRingThatHoldsNoBlockIsRefusedWithTheLeastThatDoes() {
    var files = files(DIFFUSERS);
    long least = least(files, DType.F32);
    var e =
        assertThrows(
            DeviceException.class,
            () -> open(files, DType.F32, Residency.streaming(0, least - 1)).close());
    assertTrue(e.getMessage().contains("give it at least that"), e.getMessage());
    assertTrue(e.getMessage().contains("is " + least + " bytes"), e.getMessage());
    assertDoesNotThrow(() -> open(files, DType.F32, Residency.streaming(0, least)).close());
  }

  /// Everything is held by somebody: the ring by the part, weights by the block that is here.
  @Test
  void aClosedPartLeavesNothing() {
    var files = files(DIFFUSERS);
    for (Residency plan : plans(files, DType.F32)) {
      long before = Scope.liveTensors();
      velocities(files, DType.F32, plan, Overlay.NONE);
      assertEquals(before, Scope.liveTensors(), plan::toString);
    }
  }

  @Test
  void aWeightOfABlockThatHasLeftIsClosed() {
    var files = files(DIFFUSERS);
    var plan = Residency.streaming(0, least(files, DType.F32));
    var part =
        ModelPart.open(
            files,
            FluxLayouts.ALL,
            Computing.exactly(DType.F32, TestDevice.get()),
            plan,
            (weights, json) -> {
              var config = FluxConfig.read(json.orElseThrow());
              var _ = new FluxTransformer(weights, config, DType.F32, TestDevice.get());
              var single = weights.at("single_blocks");
              return List.of(
                  single.at(0).block().at("linear2").parameter("bias", config.width()),
                  single.at(1).block().at("linear2").parameter("bias", config.width()));
            });
    try (part;
        var _ = Scope.open()) {
      var first = part.network().getFirst().value();
      assertEquals(48, first.toFloats().length);
      var second = part.network().getLast().value();
      assertEquals(48, second.toFloats().length);
      assertThrows(ClosedTensorException.class, first::toFloats);
    }
  }

  /// Cut behind what was read already, in the middle, and before all of it.
  @ParameterizedTest
  @ValueSource(doubles = {0.9, 0.5, 0.1, 0})
  void aFileThatIsCutShortUnderWayIsAnError(double share, @TempDir Path folder) throws IOException {
    Path from = GoldenFiles.path(DIFFUSERS);
    try (var inside = Files.list(from)) {
      for (Path file : (Iterable<Path>) inside::iterator) {
        Files.copy(file, folder.resolve(file.getFileName().toString()));
      }
    }
    Path weights = folder.resolve("diffusion_pytorch_model.safetensors");
    var plan = Residency.streaming(0, least(files(DIFFUSERS), DType.F32));
    try (var part = open(PartFiles.folder(folder), DType.F32, plan)) {
      var steps = new SomeSteps(part.network(), DType.F32);
      assertEquals(4, steps.velocities().size());
      try (var channel = FileChannel.open(weights, StandardOpenOption.WRITE)) {
        channel.truncate((long) (share * channel.size()));
      }
      var e = assertThrows(CheckpointException.class, steps::velocities);
      assertTrue(e.getMessage().startsWith(weights + ": was cut short"), e.getMessage());
      assertTrue(e.getMessage().endsWith("download it again"), e.getMessage());
    }
  }
}
