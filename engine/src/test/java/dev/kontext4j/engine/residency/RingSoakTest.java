package dev.kontext4j.engine.residency;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Many passes of blocks, with delays at random in the reader (also in the middle of a tensor) and
/// in the computation, which looks at every byte: no block is stale or torn.
/// `-Dkontext4j.soak=100000` for that many.
class RingSoakTest {
  private static final int PASSES = Integer.getInteger("kontext4j.soak", 6000);
  private static final int BLOCKS = 11;

  @TempDir Path folder;
  private final Random random = new Random(17);

  @ParameterizedTest
  @ValueSource(doubles = {1, 2.5, 6})
  void noBlockIsStaleOrTorn(double blocks) throws IOException {
    try (var file = BlockFile.in(folder, BLOCKS, 2000);
        var ring = ring(file, blocks)) {
      int block = 0;
      for (int pass = 0; pass < PASSES / 3; pass++) {
        pass(file, ring, block);
        boolean jump = random.nextInt(200) == 0;
        block = jump ? random.nextInt(BLOCKS) : (block + 1) % BLOCKS;
      }
      assertTrue(ring.bytesInUse() <= blocks * file.largest());
    }
  }

  private static Ring ring(BlockFile file, double blocks) {
    long bytes = (long) (blocks * file.largest());
    return new Ring(
        file.cargos(),
        0,
        bytes,
        Device.CPU,
        (weights, entry, offset, into) -> {
          int end = into.limit();
          into.limit(into.position() + into.remaining() / 2);
          int half = into.remaining();
          weights.read(entry, offset, into);
          delay();
          into.limit(end);
          weights.read(entry, offset + half, into);
        });
  }

  /// In one pass of four the tensors are still read when the slot has been given back.
  private void pass(BlockFile file, Ring ring, int block) {
    try (var _ = Scope.open()) {
      Slot slot = ring.take(block);
      List<Tensor> tensors = file.tensors(block, slot);
      boolean late = random.nextInt(4) == 0;
      if (late) {
        ring.giveBack(slot);
      }
      delay();
      file.check(block, tensors);
      if (!late) {
        ring.giveBack(slot);
      }
    }
  }

  /// None, or up to a fifth of a millisecond.
  private static void delay() {
    var dice = ThreadLocalRandom.current();
    if (dice.nextBoolean()) {
      LockSupport.parkNanos(dice.nextInt(200_000));
    }
  }
}
