package dev.kontext4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.quant.BlockType;
import dev.kontext4j.engine.weights.Layout;
import dev.kontext4j.engine.weights.Parameter;
import dev.kontext4j.engine.weights.Weights;
import java.util.EnumSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the `gguf` package has written and taken apart, taken apart here: equal in every bit, but
/// for which of the numbers that are none it is.
class QuantGoldensTest {
  private final Checkpoint stored = Checkpoint.open(GoldenFiles.path("quants.gguf"));
  private final Golden golden = Golden.open("quants");
  private final Scope scope = Scope.open();
  private final Scope store = Scope.store();

  @BeforeEach
  void everyTypeIsThere() {
    var types = EnumSet.noneOf(BlockType.class);
    stored.names().forEach(name -> stored.entry(name).blocks().ifPresent(types::add));
    assertEquals(EnumSet.allOf(BlockType.class), types);
  }

  @AfterEach
  void close() {
    store.close();
    scope.close();
    golden.close();
    stored.close();
  }

  @Test
  void everyTensorHasTheNumbersOfTheReference() {
    for (String name : stored.names()) {
      var expected = golden.floats(name);
      var value = parameter(name, DType.F32).value();
      assertArrayEquals(shape(name), value.shape(), name);
      assertArrayEquals(expected, value.toFloats(), name); // by Float.compare: bits, and NaN is NaN
    }
  }

  @Test
  void roundedOnceToTheModelsType() {
    for (String name : stored.names()) {
      var expected = golden.tensor(name).to(DType.BF16).toFloats();
      assertArrayEquals(expected, parameter(name, DType.BF16).value().toFloats(), name);
    }
  }

  @Test
  void someRowsOnly() {
    for (String name : stored.names()) {
      var exact = golden.tensor(name);
      var parameter = parameter(name, DType.F32);
      assertArrayEquals(exact.narrow(0, 1, 2).toFloats(), parameter.rows(1, 2).toFloats(), name);
      if (exact.rank() == 2) {
        var indices = Tensor.of(new long[] {2, 0, 2}, 3);
        assertArrayEquals(
            exact.rows(indices.to(exact.device())).toFloats(),
            parameter.rowsAt(indices).toFloats(),
            name);
      }
    }
  }

  @Test
  void nothingIsKeptButTheBytes() {
    var parameter = parameter("Q4_K.weight", DType.F32);
    long before = Scope.liveTensors();
    try (var _ = Scope.open()) {
      parameter.value();
    }
    assertEquals(before + 1, Scope.liveTensors()); // the mapped bytes
    parameter.release();
    assertEquals(before, Scope.liveTensors());
    try (var _ = Scope.open()) {
      assertArrayEquals(golden.floats("Q4_K.weight"), parameter.value().toFloats());
    }
  }

  @Test
  void theHeaderIsReadAsItWasWritten() {
    var metadata = stored.files().getFirst().metadata();
    assertEquals("flux", metadata.get("general.architecture"));
    assertEquals("every type once, \u00fc", metadata.get("general.name"));
    assertEquals("-7", metadata.get("some.negative"));
    assertEquals("true", metadata.get("some.flag"));
  }

  private Parameter parameter(String name, DType dtype) {
    return Weights.of(stored, Layout.plain("the types"), dtype, TestDevice.get(), store)
        .parameter(name, shape(name));
  }

  private long[] shape(String name) {
    return stored.entry(name).sizes();
  }

  /// Many parts, as large tensors need them.
  @Test
  void aTensorInManyParts() {
    int rows = 5;
    var whole =
        Tensor.inParts(
            new long[] {rows, 2},
            DType.BF16,
            TestDevice.get(),
            2,
            (start, count) -> {
              var values = new float[2 * Math.toIntExact(count)];
              IntStream.range(0, values.length).forEach(i -> values[i] = 2 * start + i);
              return Tensor.of(values, count, 2).to(TestDevice.get());
            });
    float[] expected = new float[2 * rows];
    IntStream.range(0, 2 * rows).forEach(i -> expected[i] = i);
    assertArrayEquals(expected, whole.toFloats());
  }
}
