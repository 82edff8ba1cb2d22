package dev.kontext4j.engine.internal.torch;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// Copies between Java arrays and the elements of a row-major CPU tensor.
public final class NativeMemory {
  private NativeMemory() {}

  public static void write(long address, float[] values) {
    var target = CLibrary.at(address, (long) values.length * Float.BYTES);
    MemorySegment.copy(values, 0, target, JAVA_FLOAT, 0, values.length);
  }

  public static void write(long address, long[] values) {
    var target = CLibrary.at(address, (long) values.length * Long.BYTES);
    MemorySegment.copy(values, 0, target, JAVA_LONG, 0, values.length);
  }

  public static void write(long address, short[] values) {
    var target = CLibrary.at(address, (long) values.length * Short.BYTES);
    MemorySegment.copy(values, 0, target, JAVA_SHORT, 0, values.length);
  }

  public static void write(long address, byte[] values) {
    MemorySegment.copy(values, 0, CLibrary.at(address, values.length), JAVA_BYTE, 0, values.length);
  }

  public static void copy(long from, long to, long bytes) {
    CLibrary.at(to, bytes).copyFrom(CLibrary.at(from, bytes));
  }

  /// The bytes at an address, to be read or written; somebody else keeps them valid.
  public static ByteBuffer buffer(long address, int bytes) {
    return CLibrary.at(address, bytes).asByteBuffer();
  }

  public static float[] floats(long address, int count) {
    return CLibrary.at(address, (long) count * Float.BYTES).toArray(JAVA_FLOAT);
  }

  public static byte[] bytes(long address, int count) {
    return CLibrary.at(address, count).toArray(JAVA_BYTE);
  }
}
