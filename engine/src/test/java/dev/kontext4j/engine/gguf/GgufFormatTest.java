package dev.kontext4j.engine.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rules of the format, one by one.
class GgufFormatTest {
  @TempDir private Path folder;

  @Test
  void aGoodFile() throws IOException {
    try (var file = GgufFile.open(written(HandMadeGguf.good()))) {
      assertEquals(List.of("a", "b", "c"), List.copyOf(file.tensors().keySet()));
      assertEquals(List.of(2L, 3L), file.entry("a").shape());
      assertEquals(List.of(64L, 4L), file.entry("c").shape());
      assertEquals("Q8_0", file.entry("b").dtypeName());
      assertEquals(136, file.bytes(file.entry("b")).byteSize());
      assertEquals("flux", file.metadata().get("general.architecture"));
    }
  }

  @Test
  void spaceBehindTheLastTensorNeedNotBeFilled() throws IOException {
    var bytes = HandMadeGguf.of(1, 0).tensor("a", TensorType.I8, 0, 3).aligned().zeros(3);
    GgufFile.open(written(bytes.bytes())).close();
  }

  @Test
  void otherFilesAndVersions() throws IOException {
    refused("does not begin with GGUF", new HandMadeGguf().raw("GGML").u32(3).u64(0).u64(0));
    refused("is of GGUF version 1, expected 2 or 3", new HandMadeGguf().raw("GGUF").u32(1).u64(0));
    refused("big-endian", new HandMadeGguf().raw("GGUF").u32(3 << 24).u64(0).u64(0));
    refused("cut short", new HandMadeGguf().raw("GG"));
  }

  @Test
  void lies() throws IOException {
    refused("9223372036854775807 tensors", HandMadeGguf.of(Long.MAX_VALUE, 0));
    refused("the number of values: 18446744073709551615", HandMadeGguf.of(0, -1));
    refused("cut short", HandMadeGguf.of(0, 1).u64(1_000_000).zeros(64));
    refused("elements of 'l'", HandMadeGguf.of(0, 1).list("l", ValueType.INT64, 100).zeros(64));
    refused(
        "holds lists", HandMadeGguf.of(0, 1).list("l", ValueType.ARRAY, 1).u32(4).u64(1).zeros(64));
    refused("unknown type 13", HandMadeGguf.of(0, 1).text("k").u32(13).zeros(16));
    refused("'k' comes twice", HandMadeGguf.of(0, 2).value("k", 1).value("k", 1));
    refused(
        "general.alignment is '24', expected a power of two",
        HandMadeGguf.of(0, 1).value("general.alignment", 24));
  }

  @Test
  void tensors() throws IOException {
    refused("has 9 dimensions", one(TensorType.F32, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1));
    refused("has rows of 100 elements, which Q4_K cannot store", one(TensorType.Q4_K, 0, 100));
    refused("a size that cannot be", one(TensorType.F32, 0, Long.MAX_VALUE / 2, 3));
    refused("a size that cannot be", one(TensorType.F32, 0, Long.MAX_VALUE / 2));
    refused("begins at byte 32, expected 0", one(TensorType.F32, 32, 4));
    refused("take 4000 bytes, but only", one(TensorType.F32, 0, 1000));
    refused("bytes after the last tensor: 96", one(TensorType.F32, 0, 8));
    refused(
        "'a' comes twice",
        HandMadeGguf.of(2, 0)
            .tensor("a", TensorType.F32, 0, 0)
            .tensor("a", TensorType.F32, 0, 0)
            .zeros(32));
    refused(
        "another number of elements than its original shape",
        HandMadeGguf.of(1, 1)
            .list("comfy.gguf.orig_shape.a", ValueType.INT32, 1)
            .u32(7)
            .tensor("a", TensorType.F32, 0, 4)
            .aligned()
            .zeros(32));
  }

  @Test
  void aTypeTheEngineLacksIsListedButNotGiven() throws IOException {
    try (var file = GgufFile.open(written(one(TensorType.IQ1_S, 0, 256).bytes()))) {
      var e = assertThrows(CheckpointException.class, () -> file.bytes(file.entry("a")));
      assertTrue(String.valueOf(e.getMessage()).contains("of type IQ1_S"), e.getMessage());
    }
  }

  private static HandMadeGguf one(TensorType type, long place, long... sizes) {
    int data = type == TensorType.IQ1_S ? 64 : 128;
    return HandMadeGguf.of(1, 0).tensor("a", type, place, sizes).aligned().zeros(data);
  }

  private void refused(String expected, HandMadeGguf bytes) throws IOException {
    Path file = written(bytes.bytes());
    var e = assertThrows(CheckpointException.class, () -> GgufFile.open(file).close());
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith(file + ": "), message);
    assertTrue(message.contains(expected), "expected '%s' in: %s".formatted(expected, message));
    assertEquals(1, message.lines().count(), message);
  }

  private Path written(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("x.gguf"), bytes);
  }
}
