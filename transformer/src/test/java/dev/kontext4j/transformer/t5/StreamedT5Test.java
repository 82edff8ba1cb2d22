package dev.kontext4j.transformer.t5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.residency.Group;
import dev.kontext4j.engine.residency.GroupSize;
import dev.kontext4j.engine.residency.Residency;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.engine.weights.Overlay;
import dev.kontext4j.engine.weights.PartFiles;
import dev.kontext4j.testkit.GoldenFiles;
import dev.kontext4j.testkit.StreamingPlans;
import dev.kontext4j.testkit.TestDevice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever plan the weights follow, the encoder gives the same numbers, bit for bit.
@Timeout(120)
class StreamedT5Test {
  private static final String FOLDER = "model/text_encoder_2";
  private static final List<long[]> PROMPTS =
      List.of(new long[] {5, 17, 80, 3, 1, 0, 0}, new long[] {200, 1, 0, 0, 0, 0, 0});

  private static ModelPart<T5Encoder> open(String name, DType dtype, Residency plan) {
    Path path = GoldenFiles.path(name);
    var files =
        Files.isDirectory(path) ? PartFiles.folder(path) : PartFiles.of(path, "", List.of());
    return T5Encoder.open(files, Computing.exactly(dtype, TestDevice.get()), plan);
  }

  private static List<GroupSize> sizes(String name, DType dtype) {
    try (var part = open(name, dtype, Residency.ALL)) {
      return part.sizes();
    }
  }

  /// Of two prompts, one after the other, as an edit that steers away from something needs them.
  private static List<byte[]> states(String name, DType dtype, Residency plan, Overlay overlay) {
    try (var _ = Scope.open();
        var part = open(name, dtype, plan)) {
      part.overlay(overlay);
      return PROMPTS.stream().map(ids -> part.network().states(List.of(ids)).toBytes()).toList();
    }
  }

  private static void assertEveryPlanIsTheSame(String name, DType dtype, Overlay overlay) {
    var resident = states(name, dtype, Residency.ALL, overlay);
    assertFalse(Arrays.equals(resident.getFirst(), resident.getLast()));
    for (Residency plan : StreamingPlans.of(sizes(name, dtype))) {
      var streamed = states(name, dtype, plan, overlay);
      for (int i = 0; i < resident.size(); i++) {
        assertArrayEquals(resident.get(i), streamed.get(i), plan + ", prompt " + i);
      }
    }
  }

  /// Of f32 and f16, of 8 bits with scales, and of blocks.
  @ParameterizedTest
  @ValueSource(
      strings = {
        FOLDER,
        "layouts/t5xxl_fp16.safetensors",
        "layouts/t5xxl_fp8_scaled.safetensors",
        "layouts/t5.gguf"
      })
  void everyPlanGivesTheSameNumbers(String name) {
    assertEveryPlanIsTheSame(name, DType.F32, Overlay.NONE);
    assertEveryPlanIsTheSame(name, DType.BF16, Overlay.NONE);
  }

  /// Adds to the token table, which stays, and to layers that come and go.
  private static final Overlay ADDING =
      new Overlay() {
        @Override
        public boolean touches(String name) {
          return name.endsWith("shared.weight") || name.endsWith("q.weight");
        }

        @Override
        public Tensor apply(String name, Original weight, DType dtype) {
          return weight.whole().add(0.01).to(dtype);
        }
      };

  @Test
  void alsoWhileAnOverlayChangesWeights() {
    assertEveryPlanIsTheSame(FOLDER, DType.F32, ADDING);
    assertFalse(
        Arrays.equals(
            states(FOLDER, DType.F32, Residency.ALL, ADDING).getFirst(),
            states(FOLDER, DType.F32, Residency.ALL, Overlay.NONE).getFirst()));
  }

  @Test
  void everyBlockIsAGroup() {
    var blocks =
        sizes(FOLDER, DType.F32).stream()
            .map(GroupSize::group)
            .filter(group -> group.use() == Group.Use.BLOCK)
            .map(Group::name)
            .toList();
    assertEquals(List.of("encoder.block.0", "encoder.block.1"), blocks);
  }
}
