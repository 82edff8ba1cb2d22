package dev.kontext4j.vae;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kontext4j.engine.DType;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Against what was measured on the CPU (`tools/bench/vae`, docs/measurements.md).
class VaeMemoryTest {
  private static final VaeConfig PUBLISHED =
      new VaeConfig(
          3, 3, 16, List.of(128, 256, 512, 512), 2, 32, 0.3611, 0.1159, false, false, true);

  @Test
  void knowsWhatWasMeasured() {
    near(673_000_000, VaeMemory.decode(PUBLISHED, 64, 64, Tiling.NONE, DType.F32));
    near(403_000_000, VaeMemory.encode(PUBLISHED, 64, 64, Tiling.NONE, DType.F32));
    near(170_000_000, VaeMemory.decode(PUBLISHED, 32, 32, Tiling.NONE, DType.F32));
    near(174_000_000, VaeMemory.decode(PUBLISHED, 64, 64, Tiling.of(32), DType.F32));
    near(102_000_000, VaeMemory.encode(PUBLISHED, 64, 64, Tiling.of(32), DType.F32));
  }

  private static void near(long measured, long computed) {
    assertEquals(1, (double) computed / measured, 0.05);
  }
}
