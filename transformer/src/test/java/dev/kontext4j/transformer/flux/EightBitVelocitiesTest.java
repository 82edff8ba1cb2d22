package dev.kontext4j.transformer.flux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.quant.Precision;
import dev.kontext4j.engine.residency.Group.Use;
import dev.kontext4j.engine.residency.GroupSize;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.engine.weights.PartFiles;
import dev.kontext4j.testkit.Distance;
import dev.kontext4j.testkit.GoldenFiles;
import dev.kontext4j.testkit.Measured;
import dev.kontext4j.testkit.TestDevice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// What 8 bits do to the network: near the exact velocity, and only where they are meant to be.
class EightBitVelocitiesTest {
  private static final int D = 48;
  private static final int MLP = 4 * D;

  private static ModelPart<FluxTransformer> open(String model, DType dtype, Precision precision) {
    var files = PartFiles.folder(GoldenFiles.path(model));
    return FluxTransformer.open(files, new Computing(dtype, precision, TestDevice.get()));
  }

  private static List<Tensor> velocities(DType dtype, Precision precision) {
    try (var part = open("model/transformer", dtype, precision)) {
      var velocities = new ArrayList<Tensor>();
      for (byte[] bytes : new SomeSteps(part.network(), dtype).velocities()) {
        velocities.add(Tensor.ofBytes(dtype, bytes, bytes.length / dtype.bytes()));
      }
      return velocities;
    }
  }

  /// The bounds are those of random weights, 1.5 times what was found.
  @ParameterizedTest
  @CsvSource({"INT8, 0.08", "FP8, 0.35"})
  void everyVelocityIsNearTheExactOne(Precision precision, double bound) {
    try (var _ = Scope.open()) {
      for (DType dtype : List.of(DType.F32, DType.BF16)) {
        var exact = velocities(dtype, Precision.EXACT);
        var found = velocities(dtype, precision);
        for (int i = 0; i < exact.size(); i++) {
          var distance = Distance.between(exact.get(i), found.get(i));
          Measured.note("%s in %s, velocity %d: %s".formatted(precision, dtype, i, distance));
          assertTrue(distance.relativeL2() < bound, distance::toString);
          assertTrue(distance.relativeL2() > 0.002, distance::toString);
        }
      }
    }
  }

  private static List<GroupSize> sizes(Precision precision) {
    try (var part = open("model-bf16/transformer", DType.BF16, precision)) {
      return part.sizes();
    }
  }

  /// One double and one single block: the last one, which stays exact.
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "EXACT")
  void onlyTheBlocksLayersAreIn8Bits(Precision precision) {
    var exact = sizes(Precision.EXACT);
    var found = sizes(precision);
    assertEquals(exact.size(), found.size());
    for (int i = 0; i < exact.size(); i++) {
      boolean changed = exact.get(i).group().name().equals("double_blocks.0");
      assertEquals(changed, !exact.get(i).equals(found.get(i)), exact.get(i).group().name());
      assertEquals(exact.get(i).stored(), found.get(i).stored());
    }
  }

  /// Two streams, each with qkv, proj, and two layers of an MLP; biases and norms stay in bf16.
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "EXACT")
  void theyTakeAByteANumberAndFourARow(Precision precision) {
    long rows = 3 * D + D + MLP + D;
    long numbers = 3L * D * D + D * D + 2L * D * MLP;
    long norms = 2 * 16;
    var block =
        sizes(precision).stream().filter(size -> size.group().use() == Use.BLOCK).findFirst();
    assertEquals(2 * (numbers + 4 * rows + 2 * (rows + norms)), block.orElseThrow().kept());
  }

  @Test
  void aClosedPartLeavesNothing() {
    long before = Scope.liveTensors();
    try (var _ = Scope.open()) {
      velocities(DType.BF16, Precision.INT8);
    }
    assertEquals(before, Scope.liveTensors());
  }
}
