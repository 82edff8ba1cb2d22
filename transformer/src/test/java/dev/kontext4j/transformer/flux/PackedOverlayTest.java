package dev.kontext4j.transformer.flux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.quant.BlockType;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.quant.Q8Encoder;
import dev.kontext4j.engine.weights.Layout;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.engine.weights.Overlay;
import dev.kontext4j.engine.weights.Parameter;
import dev.kontext4j.engine.weights.PartFiles;
import dev.kontext4j.testkit.Golden;
import dev.kontext4j.testkit.GoldenFiles;
import dev.kontext4j.testkit.TestDevice;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// A packed weight that an overlay changes is kept expanded and changed, or packed again in 8 bits;
/// without the overlay it is the file's again.
class PackedOverlayTest {
  private static final String NAME = "Q4_K.weight";
  private static final Layout LAYOUT =
      new Layout("one packed weight", List.of(), List.of(Pattern.compile(".*")));

  private static ModelPart<Parameter> open(long... shape) {
    return ModelPart.open(
        PartFiles.of(GoldenFiles.path("quants.gguf"), "", List.of()),
        List.of(LAYOUT),
        Computing.exactly(DType.F32, TestDevice.get()),
        (weights, _) -> weights.parameter(NAME, shape));
  }

  @Test
  void changedWhileTheOverlayIsThere() {
    try (var golden = Golden.open("quants");
        var _ = Scope.open();
        var part = open(golden.tensor(NAME).shape())) {
      var exact = golden.tensor(NAME);
      var weight = part.network();
      part.overlay(plusOne(false));
      float[] changed = exact.add(1).toFloats();
      long before = Scope.liveTensors();
      try (var _ = Scope.open()) {
        assertArrayEquals(changed, weight.value().toFloats());
        assertArrayEquals(exact.add(1).narrow(0, 1, 2).toFloats(), weight.rows(1, 2).toFloats());
      }
      assertEquals(before + 1, Scope.liveTensors()); // expanded and changed
      part.overlay(Overlay.NONE);
      assertEquals(before, Scope.liveTensors());
      assertArrayEquals(exact.toFloats(), weight.value().toFloats());
    }
  }

  @Test
  void changedAndPackedAgainInEightBits() {
    try (var golden = Golden.open("quants");
        var _ = Scope.open();
        var part = open(golden.tensor(NAME).shape())) {
      var changed = golden.tensor(NAME).add(1);
      var blocks = Q8Encoder.encode(changed); // equal to the gguf package's: ConvertTest
      var expected =
          BlockType.Q8_0
              .decode(blocks.reshape(-1, BlockType.Q8_0.bytes()))
              .reshape(changed.shape());
      var weight = part.network();
      part.overlay(plusOne(true));
      long before = Scope.liveTensors();
      try (var _ = Scope.open()) {
        assertArrayEquals(expected.toFloats(), weight.value().toFloats());
        assertArrayEquals(expected.narrow(0, 1, 2).toFloats(), weight.rows(1, 2).toFloats());
      }
      assertEquals(before + 1, Scope.liveTensors()); // the bytes
      part.overlay(Overlay.NONE);
      assertEquals(before, Scope.liveTensors());
    }
  }

  private static Overlay plusOne(boolean packsAgain) {
    return new Overlay() {
      @Override
      public boolean packsAgain() {
        return packsAgain;
      }

      @Override
      public boolean touches(String name) {
        return name.equals(NAME);
      }

      @Override
      public Tensor apply(String name, Original weight, DType dtype) {
        assertEquals(DType.F32, weight.whole().dtype());
        return weight.whole().add(1).to(dtype);
      }
    };
  }
}
