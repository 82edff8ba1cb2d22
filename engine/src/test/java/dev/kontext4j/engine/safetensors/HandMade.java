package dev.kontext4j.engine.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.CheckpointException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Safetensors files put together byte by byte, so that they can be wrong in any way.
public final class HandMade {
  private HandMade() {}

  public static byte[] bytes(String header, byte... data) {
    return bytes(header.getBytes(StandardCharsets.UTF_8), data);
  }

  public static byte[] bytes(byte[] header, byte... data) {
    return withLength(header.length, header, data);
  }

  public static byte[] withLength(long length, byte[] header, byte... data) {
    return ByteBuffer.allocate(8 + header.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(header)
        .put(data)
        .array();
  }

  /// The entry of one tensor in a header.
  public static String tensor(String name, String dtype, String shape, long begin, long end) {
    return """
    "%s":{"dtype":"%s","shape":%s,"data_offsets":[%d,%d]}\
    """
        .formatted(name, dtype, shape, begin, end);
  }

  /// A file of one-byte tensors, each with the given value.
  public static Path oneByteEach(Path file, String... names) throws IOException {
    var header = new StringBuilder("{");
    for (int i = 0; i < names.length; i++) {
      header.append(i == 0 ? "" : ",").append(tensor(names[i], "U8", "[1]", i, i + 1L));
    }
    byte[] data = new byte[names.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (i + 1);
    }
    return Files.write(file, bytes(header.append("}").toString(), data));
  }

  /// That a file is refused in one line that begins with its path and holds `expected`.
  public static void assertRefused(Path file, String expected) {
    var e = assertThrows(CheckpointException.class, () -> SafetensorsFile.open(file).close());
    assertOneLine(e, file, expected);
  }

  public static void assertOneLine(CheckpointException e, Path file, String expected) {
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith(file + ": "), message);
    assertTrue(message.contains(expected), "expected '%s' in: %s".formatted(expected, message));
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.length() < file.toString().length() + 800, message);
  }
}
