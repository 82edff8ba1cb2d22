package dev.kontext4j.engine.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every way of computing attention against the formula, in plain operations.
class AttentionTest {
  private static final int B = 2;
  private static final int H = 3;
  private static final int E = 8;
  private static final double SCALE = 0.35;

  private final Random random = new Random(5);
  private final Scope scope = Scope.open();

  @AfterEach
  void freesEverything() {
    scope.close();
    assertEquals(0, Scope.liveTensors());
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void followsTheFormula(DType dtype) {
    var query = perHead(5);
    var key = perHead(7);
    var value = perHead(7);
    var expected = formula(query, key, value);
    var actual = Attention.attend(query.to(dtype), key.to(dtype), value.to(dtype), null, SCALE);
    assertArrayEquals(new long[] {B, H, 5, E}, actual.shape());
    assertEquals(dtype, actual.dtype());
    float tolerance = dtype == DType.F32 ? 1e-6f : 0.02f;
    assertArrayEquals(expected.toFloats(), actual.toFloats(), tolerance);
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void addsABias(DType dtype) {
    var query = perHead(4);
    var bias = random(1, H, 4, 4);
    var scores = query.matmul(query.transpose(2, 3)).mul(SCALE).add(bias);
    var expected = scores.softmax(-1).matmul(query);
    var x = query.to(dtype);
    var actual = Attention.attend(x, x, x, bias.to(dtype), SCALE);
    float tolerance = dtype == DType.F32 ? 1e-6f : 0.02f;
    assertArrayEquals(expected.toFloats(), actual.toFloats(), tolerance);
  }

  @Test
  void scoresOfManyKeysAreComputedInParts() {
    // More keys than scores are held at a time would allow for all queries at once.
    int keys = 12_000;
    int queries = 3_000;
    var query = random(1, 1, queries, E);
    var key = random(1, 1, keys, E);
    var whole =
        Attention.attend(query.to(DType.BF16), key.to(DType.BF16), key.to(DType.BF16), null, SCALE);
    var last =
        Attention.attend(
            query.narrow(2, queries - 1, 1).to(DType.BF16),
            key.to(DType.BF16),
            key.to(DType.BF16),
            null,
            SCALE);
    assertArrayEquals(last.toFloats(), whole.narrow(2, queries - 1, 1).toFloats(), 0.02f);
  }

  private static Tensor formula(Tensor query, Tensor key, Tensor value) {
    return query.matmul(key.transpose(2, 3)).mul(SCALE).softmax(-1).matmul(value);
  }

  /// (B, H, L, E), laid out in memory as layers give it: tokens outside heads.
  private Tensor perHead(int tokens) {
    return random(B, tokens, H, E).transpose(1, 2);
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
