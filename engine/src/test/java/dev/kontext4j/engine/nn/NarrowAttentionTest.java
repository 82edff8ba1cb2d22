package dev.kontext4j.engine.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Attention in bf16 beside the fused one in f32, on any CPU.
class NarrowAttentionTest {
  private static final double SCALE = 1 / Math.sqrt(128);

  private final Random random = new Random(7);
  private final Scope scope = Scope.open();

  @AfterEach
  void freesEverything() {
    scope.close();
    assertEquals(0, Scope.liveTensors());
  }

  /// Scores that were rounded as they are would be wrong by 1.3 % here, and by 2 % when they are
  /// twice as large.
  @ParameterizedTest
  @ValueSource(doubles = {1.5, 2, 3})
  void largeScoresKeepTheirBits(double spread) {
    var query = random(1, 600, 2, 128).transpose(1, 2).mul(spread); // (B, H, L, E)
    var key = random(1, 900, 2, 128).transpose(1, 2).mul(spread);
    var value = random(1, 900, 2, 128).transpose(1, 2);
    var exact = query.attend(key, value, null, SCALE);
    assertTrue(error(narrow(query, key, value), exact) < 0.01);
  }

  @Test
  void headsOfAllBatchesKeepTheirPlaces() {
    var query = random(2, 3, 5, 128);
    var key = random(2, 3, 7, 128);
    var value = random(2, 3, 7, 128);
    var made = narrow(query, key, value);
    assertArrayEquals(new long[] {2, 3, 5, 128}, made.shape());
    assertTrue(error(made, query.attend(key, value, null, SCALE)) < 0.01);
  }

  /// Of 4 heads with 2 million scores each three are computed at once, of 16 million each a half.
  @ParameterizedTest
  @ValueSource(longs = {1500, 4000})
  void isTheSameInParts(long tokens) {
    var x = random(1, 4, tokens, 8);
    var exact = x.attend(x, x, null, 0.35);
    assertTrue(error(narrow(x, x, x, 0.35), exact) < 0.01);
  }

  /// Fewer keys than one in eight.
  @Test
  void fewKeysWillDo() {
    var key = random(1, 1, 3, 128);
    var exact = key.attend(key, key, null, SCALE);
    assertTrue(error(narrow(key, key, key), exact) < 0.01);
  }

  private static Tensor narrow(Tensor query, Tensor key, Tensor value) {
    return narrow(query, key, value, SCALE);
  }

  private static Tensor narrow(Tensor query, Tensor key, Tensor value, double scale) {
    return NarrowAttention.attend(
        query.to(DType.BF16), key.to(DType.BF16), value.to(DType.BF16), scale);
  }

  /// Of all elements, relative.
  private static double error(Tensor actual, Tensor expected) {
    float[] a = actual.to(DType.F32).toFloats();
    float[] b = expected.toFloats();
    double wrong = 0;
    double all = 0;
    for (int i = 0; i < b.length; i++) {
      wrong += Math.pow((double) a[i] - b[i], 2);
      all += Math.pow(b[i], 2);
    }
    return Math.sqrt(wrong / all);
  }

  private Tensor random(long... shape) {
    int count = 1;
    for (long size : shape) {
      count *= (int) size;
    }
    var values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.of(values, shape);
  }
}
