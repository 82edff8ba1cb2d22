package dev.kontext4j.engine.safetensors;

import static dev.kontext4j.engine.safetensors.HandMade.bytes;
import static dev.kontext4j.engine.safetensors.HandMade.oneByteEach;
import static dev.kontext4j.engine.safetensors.HandMade.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.file.ClosedFileException;
import dev.kontext4j.engine.file.Lease;
import dev.kontext4j.engine.file.MappedFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bytes of a file and how long they can be read.
class SafetensorsFileTest {
  @TempDir private Path folder;

  @Test
  void bytesAreAReadOnlySliceOfTheFile() throws IOException {
    try (var file = SafetensorsFile.open(oneByteEach(folder.resolve("x"), "a", "b"))) {
      var b = file.entry("b");
      var bytes = file.bytes(b);
      assertEquals(Optional.of(DType.U8), b.dtype());
      assertArrayEquals(new byte[] {2}, bytes.toArray(ValueLayout.JAVA_BYTE));
      assertTrue(bytes.isNative());
      assertTrue(bytes.isReadOnly());
    }
  }

  @Test
  void aTypeTheEngineLacksIsListedButNotGiven() throws IOException {
    var path = folder.resolve("x");
    Files.write(path, bytes("{" + tensor("a", "F64", "[1]", 0, 8) + "}", new byte[8]));
    try (var file = SafetensorsFile.open(path)) {
      var entry = file.entry("a");
      assertEquals(Optional.empty(), entry.dtype());
      var e = assertThrows(CheckpointException.class, () -> file.bytes(entry));
      HandMade.assertOneLine(e, path, "tensor 'a' has elements of type F64; expected one of [F32,");
    }
  }

  @Test
  void anEntryOfAnotherFileIsAMistake() throws IOException {
    try (var one = SafetensorsFile.open(oneByteEach(folder.resolve("1"), "a"));
        var two = SafetensorsFile.open(oneByteEach(folder.resolve("2"), "b"))) {
      var b = two.entry("b");
      assertThrows(IllegalArgumentException.class, () -> one.bytes(b));
    }
  }

  @Test
  void filesBeyondTwoGibibytes() throws IOException {
    long size = 3L << 30;
    var path = folder.resolve("large.safetensors");
    byte[] header =
        "{%s,%s}"
            .formatted(
                tensor("big", "BF16", "[1024,1572863]", 0, size - 2048),
                tensor("last", "I64", "[256]", size - 2048, size))
            .getBytes(StandardCharsets.UTF_8);
    try (var large = new RandomAccessFile(path.toFile(), "rw")) {
      large.write(HandMade.bytes(header));
      large.setLength(8 + header.length + size);
      large.seek(8 + header.length + size - 1);
      large.write(77);
    }
    try (var file = SafetensorsFile.open(path)) {
      var big = file.bytes(file.entry("big"));
      var last = file.bytes(file.entry("last"));
      assertFalse(big.asSlice(size / 2, 1 << 20).isLoaded(), "opening has read the data");
      assertEquals(size - 2048, big.byteSize());
      assertEquals(0, big.get(ValueLayout.JAVA_BYTE, size - 2049));
      assertEquals(77, last.get(ValueLayout.JAVA_BYTE, 2047));
    }
  }

  @Test
  void aClosedFileGivesNothing() throws IOException {
    var file = SafetensorsFile.open(oneByteEach(folder.resolve("x"), "a"));
    var entry = file.entry("a");
    var bytes = file.bytes(entry);
    file.close();
    file.close();
    assertThrows(ClosedFileException.class, () -> file.bytes(entry));
    assertThrows(ClosedFileException.class, file::lease);
    assertFalse(bytes.scope().isAlive());
    assertThrows(IllegalStateException.class, () -> bytes.get(ValueLayout.JAVA_BYTE, 0));
  }

  @Test
  void aLeaseKeepsTheBytes() throws IOException {
    var file = SafetensorsFile.open(oneByteEach(folder.resolve("x"), "a"));
    var bytes = file.bytes(file.entry("a"));
    var one = file.lease();
    var two = file.lease();
    file.close();
    assertThrows(ClosedFileException.class, file::lease);
    one.close();
    one.close();
    assertEquals(1, bytes.get(ValueLayout.JAVA_BYTE, 0));
    two.close();
    assertFalse(bytes.scope().isAlive());
  }

  @Test
  void aLeaseThatEndsFirstChangesNothing() throws IOException {
    var file = SafetensorsFile.open(oneByteEach(folder.resolve("x"), "a"));
    var bytes = file.bytes(file.entry("a"));
    file.lease().close();
    assertTrue(bytes.scope().isAlive());
    file.close();
    assertFalse(bytes.scope().isAlive());
  }

  @Test
  void whatIsUnmappedIsNotLeasedAgain() throws IOException {
    var path = oneByteEach(folder.resolve("x"), "a");
    try (var channel = FileChannel.open(path)) {
      var mapped = MappedFile.open(path, channel);
      var bytes = mapped.slice(0, 1);
      new Lease(mapped).close();
      assertFalse(bytes.scope().isAlive());
      assertThrows(ClosedFileException.class, mapped::lease);
      assertThrows(ClosedFileException.class, mapped::lease, "the refusal itself has counted");
    }
  }

  @Test
  void leasesFromManyThreads() throws Exception {
    var path = oneByteEach(folder.resolve("x"), "a");
    for (int round = 0; round < 50; round++) {
      var file = SafetensorsFile.open(path);
      var bytes = file.bytes(file.entry("a"));
      var start = new CountDownLatch(1);
      Callable<Boolean> reader = () -> readUntilClosed(file, bytes, start);
      try (var threads = Executors.newFixedThreadPool(8)) {
        var readers = IntStream.range(0, 8).mapToObj(_ -> threads.submit(reader)).toList();
        start.countDown();
        file.close();
        for (var done : readers) {
          assertTrue(done.get());
        }
      }
      assertFalse(bytes.scope().isAlive());
    }
  }

  private static boolean readUntilClosed(
      SafetensorsFile file, MemorySegment bytes, CountDownLatch start) throws Exception {
    start.await();
    while (true) {
      try (var _ = file.lease()) {
        assertEquals(1, bytes.get(ValueLayout.JAVA_BYTE, 0));
      } catch (ClosedFileException _) {
        return true;
      }
    }
  }
}
