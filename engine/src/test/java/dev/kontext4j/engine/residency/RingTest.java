package dev.kontext4j.engine.residency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.EngineException;
import dev.kontext4j.engine.ReadAheadException;
import dev.kontext4j.engine.Scope;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What passes through a ring is what the file holds, at any size and speed; and whatever goes
/// wrong ends the waiting.
@Timeout(60)
class RingTest {
  private static final int BLOCKS = 7;

  @TempDir Path folder;
  private BlockFile file;

  @BeforeEach
  void write() throws IOException {
    file = BlockFile.in(folder, BLOCKS, 5000);
  }

  @AfterEach
  void close() {
    file.close();
  }

  private Ring ring(double blocks, Reading reading) {
    long bytes = (long) (blocks * file.largest());
    return new Ring(file.cargos(), 0, bytes, Device.CPU, reading);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 1.5, 2, 3.3, 20})
  void blocksComeInOrderAndRoundAgain(double blocks) {
    try (var ring = ring(blocks, Reading.OF_FILES)) {
      for (int pass = 0; pass < 5 * BLOCKS; pass++) {
        file.pass(ring, pass % BLOCKS);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 2.5, 20})
  void andInAnyOtherOrder(double blocks) {
    try (var ring = ring(blocks, Reading.OF_FILES)) {
      for (int block : List.of(3, 3, 0, 1, 6, 0, 5, 4, 3, 2, 2, 6, 0, 1)) {
        file.pass(ring, block);
      }
    }
  }

  /// What comes once does not come again by itself.
  @Test
  void onlyTheLoopIsReadAgain() {
    var read = new ArrayList<String>();
    Reading reading =
        (weights, entry, offset, into) -> {
          synchronized (read) {
            read.add(entry.name());
          }
          weights.read(entry, offset, into);
        };
    try (var ring = new Ring(file.cargos(), 5, file.largest(), Device.CPU, reading)) {
      for (int block : List.of(0, 1, 2, 3, 4, 5, 6, 5, 6, 5, 6)) {
        file.pass(ring, block);
      }
    }
    for (int block = 0; block < 5; block++) {
      String name = block + ".first";
      assertEquals(1, read.stream().filter(name::equals).count(), name);
    }
    assertTrue(read.stream().filter("5.first"::equals).count() >= 3);
  }

  @Test
  void itNeverHoldsMoreThanItsBudget() {
    var most = new AtomicLong();
    var rings = new ArrayList<Ring>();
    Reading watching =
        (weights, entry, offset, into) -> {
          most.accumulateAndGet(rings.getFirst().bytesInUse(), Math::max);
          weights.read(entry, offset, into);
        };
    long budget = (long) (2.5 * file.largest());
    try (var ring = ring(2.5, watching)) {
      rings.add(ring);
      for (int pass = 0; pass < 10 * BLOCKS; pass++) {
        file.pass(ring, pass % BLOCKS);
      }
    }
    assertTrue(most.get() > file.largest(), "nothing was read ahead");
    assertTrue(most.get() <= budget, most + " of " + budget);
  }

  @Test
  void aSlowReaderOnlySlows() {
    Reading slow =
        (weights, entry, offset, into) -> {
          pause(10);
          weights.read(entry, offset, into);
        };
    try (var ring = ring(2, slow)) {
      for (int pass = 0; pass < 2 * BLOCKS; pass++) {
        file.pass(ring, pass % BLOCKS);
      }
    }
  }

  @Test
  void aFileThatIsCutShortIsOneClearError() throws IOException {
    try (var ring = ring(1, Reading.OF_FILES)) {
      file.pass(ring, 0);
      try (var channel = FileChannel.open(file.path(), StandardOpenOption.WRITE)) {
        channel.truncate(channel.size() / 2);
      }
      var e = assertThrows(CheckpointException.class, () -> passAll(ring));
      assertTrue(e.getMessage().startsWith(file.path() + ": was cut short"), e.getMessage());
      assertTrue(e.getMessage().endsWith("download it again"), e.getMessage());
      var again = assertThrows(CheckpointException.class, () -> file.pass(ring, 0));
      assertEquals(e.getMessage(), again.getMessage());
    }
  }

  @Test
  void soIsAReadThatFailsMidway() {
    var reads = new AtomicInteger();
    Reading failing =
        (weights, entry, offset, into) -> {
          if (reads.incrementAndGet() == 14) {
            throw new CheckpointException("the disk is gone");
          }
          weights.read(entry, offset, into);
        };
    try (var ring = ring(2, failing)) {
      var e = assertThrows(CheckpointException.class, () -> passAll(ring));
      assertEquals("the disk is gone", e.getMessage());
    }
  }

  @Test
  void whoWaitsIsToldOfAReaderThatDies() {
    Reading dying =
        (_, _, _, _) -> {
          throw new AssertionError("killed");
        };
    try (var ring = ring(2, dying)) {
      var e = assertThrows(ReadAheadException.class, () -> file.pass(ring, 0));
      assertTrue(e.getMessage().contains("killed"), e.getMessage());
    }
  }

  /// From outside, while the computation waits for it.
  @ParameterizedTest
  @ValueSource(strings = {"kontext4j-ring", "kontext4j-reading"})
  void andOfOneThatIsKilled(String victim) {
    Reading endless =
        (weights, entry, offset, into) -> {
          pause(50);
          weights.read(entry, offset, into);
        };
    try (var ring = ring(1, endless)) {
      var killer = Thread.ofPlatform().start(() -> killUntilInterrupted(victim));
      var e =
          assertThrows(
              EngineException.class,
              () -> {
                while (true) {
                  passAll(ring);
                }
              });
      killer.interrupt();
      assertTrue(e instanceof ReadAheadException || e instanceof CheckpointException, e::toString);
    }
  }

  /// Again and again, because one that is idle may not mind.
  private static void killUntilInterrupted(String victim) {
    while (!Thread.currentThread().isInterrupted()) {
      pause(100);
      Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().equals(victim))
          .forEach(Thread::interrupt);
    }
  }

  @Test
  void aSlotThatWasGivenBackGivesNothing() {
    try (var ring = ring(2, Reading.OF_FILES);
        var _ = Scope.open()) {
      var slot = ring.take(0);
      assertThrows(IllegalStateException.class, () -> ring.take(1));
      ring.giveBack(slot);
      var e = assertThrows(IllegalStateException.class, () -> file.tensors(0, slot));
      assertTrue(e.toString().contains("the weights of block 0 have left"), e::toString);
      assertThrows(IllegalStateException.class, () -> ring.giveBack(slot));
    }
  }

  /// As long as a tensor lives its memory is not written to; if that leaves no room, who holds it
  /// is told.
  @Test
  void aTensorThatOutlivesItsSlotKeepsItsBytes() {
    try (var ring = ring(1, Reading.OF_FILES)) {
      try (var _ = Scope.open()) {
        var slot = ring.take(0);
        var tensors = file.tensors(0, slot);
        ring.giveBack(slot);
        var e = assertThrows(IllegalStateException.class, () -> ring.take(1));
        assertTrue(e.toString().contains("a tensor of block 0 is still in use"), e::toString);
        file.check(0, tensors);
      }
      file.pass(ring, 1);
    }
  }

  /// Also beyond the ring's end.
  @Test
  void memoryGoesWithTheLastTensor() {
    long before = Scope.liveTensors();
    try (var _ = Scope.open()) {
      var ring = ring(2, Reading.OF_FILES);
      var tensors = file.tensors(0, ring.take(0));
      ring.close();
      ring.close();
      file.check(0, tensors);
      assertThrows(IllegalStateException.class, () -> ring.take(1));
      assertEquals(before + 4, Scope.liveTensors()); // and the memory itself
    }
    assertEquals(before, Scope.liveTensors());
  }

  private void passAll(Ring ring) {
    for (int block = 0; block < BLOCKS; block++) {
      file.pass(ring, block);
    }
  }

  private static void pause(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
