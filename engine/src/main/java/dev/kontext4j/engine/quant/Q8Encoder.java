package dev.kontext4j.engine.quant;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.util.List;

/// Packs numbers into blocks of [BlockType#Q8_0], byte for byte as the `gguf` package does.
///
/// Reference: `Q8_0.quantize_blocks` in
/// https://github.com/ggml-org/llama.cpp/blob/master/gguf-py/gguf/quants.py
public final class Q8Encoder {
  private static final int ELEMENTS = BlockType.Q8_0.elements();
  private static final float LARGEST = 127;

  private Q8Encoder() {}

  /// Whether rows of such a length can be packed.
  public static boolean takes(long columns) {
    return columns > 0 && columns % ELEMENTS == 0;
  }

  /// Packs rows: (n, columns), f32, to (n, bytes of a row), U8.
  public static Tensor encode(Tensor rows) {
    return Scope.tidy(() -> {
      var blocks = rows.reshape(-1, ELEMENTS);
      var scale = blocks.abs().largest(1).div(LARGEST); // (blocks, 1)
      // the bound is for blocks of nothing but zeros: they stay zeros
      var numbers = rounded(blocks.mul(scale.atLeast(Float.MIN_NORMAL).reciprocal()));
      var bytes =
          Tensor.cat(List.of(scale.to(DType.F16).bytesAs(DType.U8), numbers.bytesAs(DType.U8)), 1);
      return bytes.reshape(rows.size(0), -1);
    });
  }

  /// Whole numbers, halves away from zero. Becoming an integer, a number loses its fraction.
  private static Tensor rounded(Tensor values) {
    var whole = values.to(DType.I8).to(DType.F32);
    var up = values.sub(whole).mul(2).to(DType.I8).to(DType.F32);
    return whole.add(up).to(DType.I8);
  }
}
