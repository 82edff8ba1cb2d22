package dev.kontext4j.engine.quant;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kontext4j.engine.ComputeCapability;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PrecisionTest {

  @ParameterizedTest
  @CsvSource({
    "EXACT, 61, true",
    "INT8, 70, false",
    "INT8, 75, true",
    "INT8, 86, true",
    "FP8, 86, false",
    "FP8, 89, true",
    "FP8, 90, true",
    "FP8, 120, true"
  })
  void cardsOfSomeAgeMultiply8Bits(Precision precision, int card, boolean runs) {
    assertEquals(runs, precision.runsOn(ComputeCapability.of(card)));
  }

  @Test
  void aRefusalNamesTheCardAndWhatItCanDo() {
    var card = Device.cuda(1);
    assertEquals(
        "cuda:1 (RTX 3090) has compute capability 8.6, and products in fp8 need 8.9; use --precision int8 or exact",
        Precision.FP8.refusal(card, "RTX 3090", ComputeCapability.of(86)));
    assertEquals(
        "cuda:1 (V100) has compute capability 7.0, and products in int8 need 7.5; use --precision exact",
        Precision.INT8.refusal(card, "V100", ComputeCapability.of(70)));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void theCpuDoesAll(Precision precision) {
    assertDoesNotThrow(() -> precision.requireOn(Device.CPU));
  }

  /// What cuBLAS would refuse stays exact, on the CPU as well.
  @ParameterizedTest
  @CsvSource({
    "16, 32, true, true",
    "8, 24, true, false",
    "12, 16, false, false",
    "16, 9, false, false"
  })
  void sizesMustFit(long rows, long columns, boolean whole, boolean floating) {
    assertEquals(Optional.empty(), Precision.EXACT.numbersFor(rows, columns));
    assertEquals(
        whole ? Optional.of(DType.I8) : Optional.empty(), Precision.INT8.numbersFor(rows, columns));
    assertEquals(
        floating ? Optional.of(DType.F8_E4M3) : Optional.empty(),
        Precision.FP8.numbersFor(rows, columns));
  }
}
