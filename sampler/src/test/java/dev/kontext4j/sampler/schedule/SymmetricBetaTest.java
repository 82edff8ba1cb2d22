package dev.kontext4j.sampler.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymmetricBetaTest {

  /// From `scipy.stats.beta.ppf(p, 0.6, 0.6)`, scipy 1.17.
  @ParameterizedTest
  @CsvSource({
    "0.0, 0.0",
    "1e-09, 1.85588246249141e-15",
    "0.0001, 3.998377158137721e-07",
    "0.001, 1.855873851745199e-05",
    "0.037, 0.007610119972187763",
    "0.1, 0.03958440558878085",
    "0.25, 0.17568037865269498",
    "0.4999, 0.49986127490549975",
    "0.5, 0.5000000000000001",
    "0.5001, 0.5001387250945002",
    "0.75, 0.824319621347305",
    "0.9, 0.9604155944112192",
    "0.963, 0.9923898800278123",
    "0.999, 0.9999814412614826",
    "0.9999, 0.9999996001622842",
    "1.0, 1.0"
  })
  void quantilesAreScipys(double p, double expected) {
    assertEquals(expected, new SymmetricBeta(0.6).quantile(p), 4e-16 + 4e-15 * expected);
  }

  @Test
  void theUniformDistributionIsTheCaseOfOne() {
    for (double p = 0; p <= 1; p += 1 / 64.0) {
      assertEquals(p, new SymmetricBeta(1).quantile(p), 1e-15);
    }
  }

  @Test
  void theArcsineDistributionIsTheCaseOfOneHalf() {
    for (double p = 0; p <= 1; p += 1 / 64.0) {
      double expected = Math.pow(Math.sin(Math.PI * p / 2), 2);
      assertEquals(expected, new SymmetricBeta(0.5).quantile(p), 1e-15);
    }
  }
}
