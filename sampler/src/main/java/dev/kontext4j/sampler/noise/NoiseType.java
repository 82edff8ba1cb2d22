package dev.kontext4j.sampler.noise;

/// The element type noise is drawn in. It is part of the draw and not a conversion afterwards: each
/// type takes another number of random bits and rounds after every operation, so that a seed gives
/// unrelated numbers in different types.
public enum NoiseType {
  F32(24) {
    @Override
    float round(double x) {
      return (float) x;
    }
  },
  BF16(8) {
    @Override
    float round(double x) {
      int bits = Float.floatToRawIntBits((float) x);
      int halfway = 0x7fff + ((bits >>> 16) & 1); // ties go to the even neighbour
      return Float.intBitsToFloat((bits + halfway) & 0xffff0000);
    }
  },
  F16(11) {
    @Override
    float round(double x) {
      return Float.float16ToFloat(Float.floatToFloat16((float) x));
    }
  };

  private final int digits;

  NoiseType(int digits) {
    this.digits = digits;
  }

  /// The nearest value of this type, by way of float as in C++, as a float that holds it exactly.
  /// For finite values only.
  abstract float round(double x);

  /// A number in [0, 1) with as many random bits as the type's significand has, from the low end.
  float uniform(int random) {
    return (random & ((1 << digits) - 1)) * (1f / (1 << digits));
  }
}
