package dev.kontext4j.engine.quant;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.util.List;

/// NVIDIA's 4-bit numbers as ComfyUI stores them: two to a byte, the first in the upper half; a
/// scale of 8 bits for each 16 neighbours, in the order in which cuBLAS reads them; and one scale
/// for all.
///
/// Reference: `dequantize_nvfp4` and `from_blocked` in
/// https://github.com/Comfy-Org/comfy-kitchen/tree/main/comfy_kitchen
public final class NvFp4 {
  /// How many neighbours in a row share a scale.
  public static final int GROUP = 16;

  /// Scales lie in tiles of so many rows and columns.
  private static final int TILE_ROWS = 128;

  private static final int TILE_COLUMNS = 4;
  private static final int TILE_PART = 32; // rows

  /// One bit for the sign, two for the exponent, one for the fraction.
  private static final float[] VALUES = {
    0, 0.5f, 1, 1.5f, 2, 3, 4, 6, -0f, -0.5f, -1, -1.5f, -2, -3, -4, -6
  };

  private NvFp4() {}

  /// How many scales are stored for a matrix: whole tiles.
  public static long storedScales(long rows, long columns) {
    return Math.ceilDiv(rows, (long) TILE_ROWS)
        * Math.ceilDiv(columns / GROUP, (long) TILE_COLUMNS)
        * TILE_ROWS
        * TILE_COLUMNS;
  }

  /// Scales in the order of the matrix: those of its tiles to (rows, columns / 16), a byte each.
  public static Tensor scalesInOrder(Tensor stored, long rows, long columns) {
    long groups = columns / GROUP;
    long down = Math.ceilDiv(rows, (long) TILE_ROWS);
    long across = Math.ceilDiv(groups, (long) TILE_COLUMNS);
    return Scope.tidy(() ->
        stored
            .bytesAs(DType.U8)
            .reshape(down, across, TILE_PART, TILE_ROWS / TILE_PART, TILE_COLUMNS)
            .permute(0, 3, 2, 1, 4) // tile, quarter, row; tile, column
            .reshape(down * TILE_ROWS, across * TILE_COLUMNS)
            .narrow(0, 0, rows)
            .narrow(1, 0, groups)
            .contiguous());
  }

  /// Takes rows apart: to (n, columns), f32.
  ///
  /// @param packed two numbers a byte: (n, columns / 2), U8
  /// @param scales (n, columns / 16), U8
  /// @param scale of the whole tensor
  public static Tensor decode(Tensor packed, Tensor scales, float scale) {
    return Scope.tidy(() -> {
      long rows = packed.size(0);
      var table = Tensor.of(VALUES, VALUES.length).to(packed.device());
      var numbers = table.at(inOrder(packed)).reshape(rows, -1, GROUP);
      var factors = scales.contiguous().bytesAs(DType.F8_E4M3).to(DType.F32).mul(scale);
      return numbers.mul(factors.unsqueeze(2)).reshape(rows, -1);
    });
  }

  private static Tensor inOrder(Tensor packed) {
    var upper = packed.bits(4, 4).unsqueeze(2);
    var lower = packed.bits(0, 4).unsqueeze(2);
    return Tensor.cat(List.of(upper, lower), 2);
  }
}
