package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.util.List;
import java.util.Set;

/// Numbers between 0 and 1000 (times, guidance) as 128 cosines and 128 sines of falling frequency.
final class Sinusoids {
  static final int WIDTH = 256;
  private static final int FREQUENCIES = WIDTH / 2;
  private static final double MAX_PERIOD = 10_000;

  /// Frequencies that lie within 0.03 of the middle between two floats, and that the reference's
  /// exp (Intel MKL on AVX-512) rounds up where the nearest float is below. At a guidance of 30,
  /// angles go to 30,000, and this bit would be more than all other differences of the network
  /// together.
  private static final Set<Integer> ROUNDED_UP = Set.of(13, 44, 119);

  private Sinusoids() {}

  /// (n, 256) in f32.
  static Tensor of(float[] numbers) {
    return Scope.tidy(() -> {
      var column = Tensor.of(numbers, numbers.length, 1);
      var angles = column.mul(Tensor.of(frequencies(), 1, FREQUENCIES));
      return Tensor.cat(List.of(angles.cos(), angles.sin()), -1);
    });
  }

  private static float[] frequencies() {
    float slope = (float) -Math.log(MAX_PERIOD);
    var frequencies = new float[FREQUENCIES];
    for (int i = 0; i < FREQUENCIES; i++) {
      float nearest = (float) Math.exp(slope * i / FREQUENCIES);
      frequencies[i] = ROUNDED_UP.contains(i) ? Math.nextUp(nearest) : nearest;
    }
    return frequencies;
  }

  /// What the reference makes of a timestep: it divides by 1000 in the pipeline and multiplies
  /// again in the network, and each time the result is rounded to the model's element type.
  static float time(float timestep, DType dtype) {
    return round(round(round(timestep, dtype) / 1000f, dtype) * 1000f, dtype);
  }

  static float guidance(float guidance, DType dtype) {
    return round(round(guidance, dtype) * 1000f, dtype);
  }

  private static float round(float value, DType dtype) {
    return switch (dtype) {
      case F32 -> value;
      case BF16 -> roundToBf16(value);
      case F16 -> Float.float16ToFloat(Float.floatToFloat16(value));
      default -> throw new IllegalArgumentException("no network computes in " + dtype);
    };
  }

  /// To the nearest with 8 significant bits, ties to even.
  private static float roundToBf16(float value) {
    int bits = Float.floatToRawIntBits(value);
    int odd = (bits >>> 16) & 1;
    return Float.intBitsToFloat((bits + 0x7fff + odd) & 0xffff_0000);
  }
}
