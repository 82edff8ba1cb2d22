package dev.kontext4j.engine.quant;

import dev.kontext4j.engine.Tensor;

/// Blocks whose 4-bit numbers name one of 16 unevenly spaced values.
final class TableBlocks {
  private static final float[] VALUES = {
    -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113
  };

  private TableBlocks() {}

  /// 32 elements and a scale.
  static Tensor nl(Blocks b) {
    return b.half(0).mul(values(b.part(2, 16)));
  }

  /// 256 elements, a scale, and one of 6 bits for each 32: its upper two bits stand apart.
  static Tensor xs(Blocks b) {
    var high = Blocks.unpacked(b.part(2, 2), 2, 1);
    var low = Blocks.unpacked(b.part(4, 4), 4, 1);
    var scales = b.half(0).mul(Blocks.joined(low, high, 4).add(-32)).unsqueeze(2); // (n, 8, 1)
    return values(b.part(8, 128)).reshape(-1, 8, 32).mul(scales).reshape(-1, 256);
  }

  private static Tensor values(Tensor bytes) {
    var table = Tensor.of(VALUES, VALUES.length).to(bytes.device());
    return table.at(Blocks.unpackedWhole(bytes, 4, 16));
  }
}
