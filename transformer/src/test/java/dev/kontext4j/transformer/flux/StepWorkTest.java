package dev.kontext4j.transformer.flux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StepWorkTest {
  /// What Hugging Face's benchmarks count for FLUX.1 [dev] at 1024x1024 with 512 text tokens,
  /// layers alone: 59,523 GFLOP. They count the last block's unneeded tokens, too.
  @Test
  void agreesWithThePublishedCountOfTheLinearLayers() {
    var work = StepWork.of(FluxConfig.PUBLISHED, new TokenCounts(512, 4096, 0));
    double unneeded = 2.0 * 10 * 3072 * 3072 * 512;
    assertEquals(59_523e9, 2.0 * work.linear() + unneeded, 59_523e9 * 0.002);
  }

  /// 57 blocks over 8704 tokens: 53.1 TFLOP of attention, 165.4 in all, less the last block's rest.
  @Test
  void countsAnEditOfAMegapixel() {
    var work = StepWork.of(FluxConfig.PUBLISHED, new TokenCounts(512, 4096, 4096));
    double tokens = 8704;
    double unneeded = 2.0 * (4608 * 10 * 3072.0 * 3072 + 2 * 4608 * tokens * 3072);
    assertEquals(165.4, work.teraOperations() + unneeded / 1e12, 0.15);
    assertEquals(2 * work.teraOperations(), work.times(2).teraOperations());
  }
}
