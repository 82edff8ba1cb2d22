package dev.kontext4j.transformer.flux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kontext4j.engine.DType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What torch makes of a timestep and of a guidance on their way into the network.
class SinusoidsTest {

  @ParameterizedTest
  @CsvSource({
    "F32, 1000, 1000",
    "BF16, 1000, 1000",
    "BF16, 967.3041, 968",
    "BF16, 702.734375, 704",
    "BF16, 250.1, 250",
    "BF16, 251.3, 252",
    "BF16, 33.333, 33.25",
    "BF16, 0, 0",
    "F16, 967.3041, 967.5",
    "F16, 33.333, 33.34375",
    "F16, 510, 509.75"
  })
  void roundsTimesAsTheReference(DType dtype, float timestep, float expected) {
    assertEquals(expected, Sinusoids.time(timestep, dtype));
  }

  @ParameterizedTest
  @CsvSource({"F32, 2.5, 2500", "BF16, 2.5, 2496", "BF16, 3.5, 3504", "BF16, 30, 29952"})
  void roundsGuidanceAsTheReference(DType dtype, float guidance, float expected) {
    assertEquals(expected, Sinusoids.guidance(guidance, dtype));
  }
}
