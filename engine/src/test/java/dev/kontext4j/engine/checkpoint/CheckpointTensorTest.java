package dev.kontext4j.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tensors over a mapped file, and how long the file stays mapped.
class CheckpointTensorTest {
  private static final float[] VALUES = {1, 2, 3, 4, 5, 6};

  @TempDir private Path folder;

  @Test
  void aTensorOutlivesItsCheckpoint() throws IOException {
    try (var _ = Scope.open()) {
      Tensor tensor;
      try (var checkpoint = Checkpoint.open(written())) {
        tensor = checkpoint.tensor("x");
      }
      assertArrayEquals(VALUES, tensor.toFloats());
      assertArrayEquals(new long[] {2, 3}, tensor.shape());
    }
  }

  @Test
  void soDoesAViewWhoseTensorIsGone() throws IOException {
    try (var _ = Scope.open()) {
      Tensor view;
      try (var checkpoint = Checkpoint.open(written());
          var inner = Scope.open()) {
        view = inner.keep(checkpoint.tensor("x").narrow(0, 1, 1).reshape(-1).contiguous());
      }
      assertArrayEquals(new float[] {4, 5, 6}, view.toFloats());
    }
  }

  @Test
  void toItsOwnTypeAndDeviceItIsStillTheFile() throws IOException {
    try (var _ = Scope.open();
        var checkpoint = Checkpoint.open(written())) {
      var mapped = checkpoint.tensor("x");
      var placed = mapped.to(DType.F32).to(Device.CPU);
      assertEquals(mapped.dataAddress(), placed.dataAddress());
    }
  }

  @Test
  void theFileIsUnmappedWithItsLastTensor() throws IOException {
    var checkpoint = Checkpoint.open(written());
    var file = checkpoint.files().getFirst();
    var bytes = file.bytes(file.entry("x"));
    try (var _ = Scope.open()) {
      checkpoint.tensor("x").transpose(0, 1);
      checkpoint.close();
      bytes.get(java.lang.foreign.ValueLayout.JAVA_BYTE, 0); // still mapped
    }
    assertThrows(
        IllegalStateException.class, () -> bytes.get(java.lang.foreign.ValueLayout.JAVA_BYTE, 0));
  }

  @Test
  void elementsAtOddAddressesAreCopied() throws IOException {
    String header = "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
    Path file = folder.resolve("odd.safetensors");
    var text = header.getBytes(StandardCharsets.UTF_8);
    var bytes = new byte[8 + text.length + 4];
    bytes[0] = (byte) text.length;
    System.arraycopy(text, 0, bytes, 8, text.length);
    bytes[bytes.length - 2] = (byte) 0x80; // 1.0 in little-endian f32
    bytes[bytes.length - 1] = 0x3f;
    Files.write(file, bytes);
    try (var _ = Scope.open();
        var checkpoint = Checkpoint.open(file)) {
      assertArrayEquals(new float[] {1}, checkpoint.tensor("x").toFloats());
    }
  }

  private Path written() throws IOException {
    Path file = folder.resolve("x.safetensors");
    SafetensorsWriter.to(file)
        .tensor("x", DType.F32, List.of(2L, 3L), sink -> sink.write(VALUES))
        .write();
    return file;
  }
}
