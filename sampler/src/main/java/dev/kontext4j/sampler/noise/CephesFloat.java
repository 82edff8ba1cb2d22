package dev.kontext4j.sampler.noise;

/// Logarithm, sine and cosine in float with the very operations of PyTorch's AVX2 build.
///
/// The polynomials are those of the Cephes library (S. Moshier) in the form that avx_mathfun.h (G.
/// Garberoglio, after J. Pommier) gives them. PyTorch's compiler fuses each multiplication with the
/// addition that uses it, so `Math.fma` stands where the machine code has a fused instruction.
/// Valid for what the noise needs: `log` on (0, 1], angles in [0, 2 pi].
///
/// See <https://github.com/pytorch/pytorch/blob/v2.11.0/aten/src/ATen/native/cpu/avx_mathfun.h>.
@SuppressWarnings("FloatingPointLiteralPrecision") // the literals are written as in the original
final class CephesFloat {
  private static final float SQRT_HALF = 0.707106781186547524f;
  private static final float FOUR_OVER_PI = 1.27323954473516f;

  private CephesFloat() {}

  static float log(float v) {
    int bits = Float.floatToRawIntBits(v);
    float e = (bits >>> 23) - 126; // v = x * 2^e with x in [0.5, 1)
    float x = Float.intBitsToFloat((bits & 0x007fffff) | 0x3f000000);
    if (x < SQRT_HALF) {
      e -= 1;
      x = (x - 1) + x;
    } else {
      x -= 1;
    }
    float z = x * x;
    float y = 7.0376836292E-2f;
    y = Math.fma(y, x, -1.1514610310E-1f);
    y = Math.fma(y, x, 1.1676998740E-1f);
    y = Math.fma(y, x, -1.2420140846E-1f);
    y = Math.fma(y, x, 1.4249322787E-1f);
    y = Math.fma(y, x, -1.6668057665E-1f);
    y = Math.fma(y, x, 2.0000714765E-1f);
    y = Math.fma(y, x, -2.4999993993E-1f);
    y = Math.fma(y, x, 3.3333331174E-1f);
    y *= x;
    y = Math.fma(y, z, e * -2.12194440e-4f);
    y = Math.fma(z, -0.5f, y);
    return Math.fma(e, 0.693359375f, x + y);
  }

  static float sin(float angle) {
    int octant = octant(angle);
    float x = reduced(angle, octant);
    float y = (octant & 2) == 0 ? sinPolynomial(x) : cosPolynomial(x);
    return (octant & 4) == 0 ? y : -y;
  }

  static float cos(float angle) {
    int octant = octant(angle);
    float x = reduced(angle, octant);
    float y = (octant & 2) == 0 ? cosPolynomial(x) : sinPolynomial(x);
    return ((octant - 2) & 4) != 0 ? y : -y;
  }

  /// The nearest even multiple of pi / 4.
  private static int octant(float angle) {
    return ((int) (angle * FOUR_OVER_PI) + 1) & ~1;
  }

  /// The angle less `octant * pi / 4`, with pi / 4 in three parts.
  private static float reduced(float angle, int octant) {
    float x = Math.fma((float) octant, -0.78515625f, angle);
    x = Math.fma((float) octant, -2.4187564849853515625e-4f, x);
    return Math.fma((float) octant, -3.77489497744594108e-8f, x);
  }

  private static float sinPolynomial(float x) {
    float z = x * x;
    float y = Math.fma(-1.9515295891E-4f, z, 8.3321608736E-3f);
    y = Math.fma(y, z, -1.6666654611E-1f);
    return Math.fma(y * z, x, x);
  }

  private static float cosPolynomial(float x) {
    float z = x * x;
    float y = Math.fma(2.443315711809948E-005f, z, -1.388731625493765E-003f);
    y = Math.fma(y, z, 4.166664568298827E-002f);
    return Math.fma(y * z, z, z * -0.5f) + 1;
  }
}
