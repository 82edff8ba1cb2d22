package dev.kontext4j.engine.quant;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Packs numbers into blocks of [BlockType#Q8_0], byte for byte as the `gguf` package does.
///
/// Reference: `Q8_0.quantize_blocks` in
/// https://github.com/ggml-org/llama.cpp/blob/master/gguf-py/gguf/quants.py
public final class Q8Encoder {
  private static final int ELEMENTS = BlockType.Q8_0.elements();
  private static final float LARGEST = 127;

  private Q8Encoder() {}

  /// Packs rows whose length is a multiple of a block's.
  public static byte[] encode(float[] values) {
    var bytes =
        ByteBuffer.allocate(values.length / ELEMENTS * BlockType.Q8_0.bytes())
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int block = 0; block < values.length; block += ELEMENTS) {
      float scale = largest(values, block) / LARGEST;
      float inverse = scale == 0 ? 0 : 1 / scale;
      bytes.putShort(Float.floatToFloat16(scale));
      for (int i = block; i < block + ELEMENTS; i++) {
        bytes.put((byte) rounded(values[i] * inverse));
      }
    }
    return bytes.array();
  }

  private static float largest(float[] values, int block) {
    float largest = 0;
    for (int i = block; i < block + ELEMENTS; i++) {
      largest = Math.max(largest, Math.abs(values[i]));
    }
    return largest;
  }

  /// Halves go away from zero.
  private static float rounded(float value) {
    float size = Math.abs(value);
    float whole = (float) Math.floor(size);
    float up = whole + (float) Math.floor(2 * (size - whole));
    return Math.signum(value) * up;
  }
}
