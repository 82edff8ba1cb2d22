package dev.kontext4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.nn.Linear;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.quant.Precision;
import dev.kontext4j.engine.weights.Layout;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.engine.weights.Overlay;
import dev.kontext4j.engine.weights.PartFiles;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// A layer whose products are made in numbers of 8 bits, beside torch's own operators. One row of
/// the weight and one of what goes in are zeros, others have one number that dwarfs the rest.
class EightBitGoldensTest {
  private static final int IN = 48;
  private static final int OUT = 80;

  private final Scope scope = Scope.open();
  private final Golden golden = Golden.open("eight_bits_values");

  @AfterEach
  void close() {
    golden.close();
    scope.close();
  }

  private static ModelPart<Linear> open(DType dtype, Precision precision) {
    return ModelPart.open(
        PartFiles.of(GoldenFiles.path("eight_bits.safetensors"), "", List.of()),
        List.of(Layout.plain("a layer")),
        new Computing(dtype, precision, TestDevice.get()),
        (weights, _) -> Linear.loadBearing8Bits(weights.at("layer"), IN, OUT));
  }

  private static String word(Precision precision) {
    return precision.name().toLowerCase(Locale.ROOT);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "EXACT")
  void weightsAreStretchedRowByRow(Precision precision) {
    for (DType dtype : List.of(DType.F32, DType.BF16)) {
      assertWeights(dtype, precision);
    }
  }

  private void assertWeights(DType dtype, Precision precision) {
    try (var part = open(dtype, precision)) {
      var layer = part.network();
      var numbers = layer.weight().value();
      assertEquals(precision.numbers().orElseThrow(), numbers.dtype());
      assertArrayEquals(golden.floats(word(precision) + ".numbers"), numbers.toFloats());
      var scales = layer.scales();
      assertTrue(scales != null);
      assertArrayEquals(golden.floats(word(precision) + ".scales"), scales.value().toFloats());
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "EXACT")
  void productsAreThoseOfTorch(Precision precision) {
    for (String rows : List.of("few", "many")) {
      var exact = golden.floats(rows + ".exact");
      try (var part = open(DType.F32, precision)) {
        var found = part.network().forward(golden.tensor(rows + ".x"));
        var expected = golden.tensor(rows + "." + word(precision));
        TensorAssert.near(word(precision) + ", " + rows, expected, found);
        assertNotEquals(exact[0], found.toFloats()[0]);
      }
      try (var part = open(DType.BF16, precision)) {
        var found = part.network().forward(golden.tensor(rows + ".x").to(DType.BF16));
        assertEquals(DType.BF16, found.dtype());
        assertArrayEquals(
            golden.floats(rows + "." + word(precision) + ".bf16"), found.toFloats(), rows);
      }
    }
  }

  private static final Overlay DOUBLING =
      new Overlay() {
        @Override
        public boolean touches(String name) {
          return name.equals("layer.weight");
        }

        @Override
        public Tensor apply(String name, Original weight, DType dtype) {
          assertEquals(DType.F32, dtype); // or it would be rounded twice
          return weight.whole().mul(2).to(dtype);
        }
      };

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "EXACT")
  void anOverlayComesBeforeTheyAreRounded(Precision precision) {
    try (var part = open(DType.BF16, precision)) {
      var layer = part.network();
      var scales = layer.scales();
      assertTrue(scales != null);
      float[] before = scales.value().toFloats();
      part.overlay(DOUBLING);
      assertArrayEquals(
          golden.floats(word(precision) + ".numbers"), layer.weight().value().toFloats());
      assertArrayEquals(
          golden.tensor(word(precision) + ".scales").mul(2).toFloats(), scales.value().toFloats());
      part.overlay(Overlay.NONE);
      assertArrayEquals(before, scales.value().toFloats());
    }
  }

  @Test
  void exactIsExact() {
    try (var part = open(DType.F32, Precision.EXACT)) {
      var found = part.network().forward(golden.tensor("many.x"));
      TensorAssert.near("exact", golden.tensor("many.exact"), found);
    }
  }

  /// What is added up does not hang on how many rows there are beside one, nor on the batch.
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "EXACT")
  void everyRowIsByItself(Precision precision) {
    try (var part = open(DType.F32, precision)) {
      var x = golden.tensor("many.x");
      var all = part.network().forward(x.reshape(2, -1, IN));
      assertArrayEquals(new long[] {2, 20, OUT}, all.shape());
      float[] one = part.network().forward(x.narrow(0, 30, 1)).toFloats();
      assertArrayEquals(one, all.reshape(-1, OUT).narrow(0, 30, 1).toFloats());
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "EXACT")
  void someOutputsOnly(Precision precision) {
    try (var part = open(DType.F32, precision)) {
      var x = golden.tensor("many.x");
      var all = part.network().forward(x);
      assertArrayEquals(
          all.narrow(1, 16, 32).toFloats(), part.network().forward(x, 16, 32).toFloats());
    }
  }

  /// The plan for memory counts what is really kept: a byte a number, four a row, and the bias.
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "EXACT")
  void whatIsKeptIsWhatIsCounted(Precision precision) {
    long before = Scope.liveTensors();
    try (var part = open(DType.F32, precision)) {
      assertEquals(OUT * IN + 4 * OUT + 4 * OUT, part.sizes().getFirst().kept());
      var layer = part.network();
      try (var _ = Scope.open()) {
        layer.forward(golden.tensor("few.x"));
      }
      assertEquals(before + 3, Scope.liveTensors());
      assertEquals(OUT * IN, bytes(layer.weight().value()));
      var scales = layer.scales();
      assertTrue(scales != null);
      assertEquals(4 * OUT, bytes(scales.value()));
      layer.release();
      assertEquals(before, Scope.liveTensors());
    }
  }

  private static long bytes(Tensor tensor) {
    return tensor.toBytes().length;
  }
}
