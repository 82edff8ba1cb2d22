package dev.kontext4j.engine.quant;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;

/// In what numbers a network computes, and where.
///
/// @param dtype of everything but what the precision changes
/// @param precision of the products of those linear layers that bear it
public record Computing(DType dtype, Precision precision, Device device) {

  /// As the reference does, in one type.
  public static Computing exactly(DType dtype, Device device) {
    return new Computing(dtype, Precision.EXACT, device);
  }
}
