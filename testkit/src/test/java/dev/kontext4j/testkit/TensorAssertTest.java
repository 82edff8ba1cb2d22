package dev.kontext4j.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TensorAssertTest {
  private final Scope scope = Scope.open();
  private final Tensor golden = Tensor.of(new float[] {1, -10, 3, 4, 5, 6}, 2, 3);

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  void measuresBothDistances() {
    var distance = Distance.between(golden, Tensor.of(new float[] {1, -10, 3, 4, 5, 7}, 2, 3));
    assertEquals(0.1, distance.relativeMax(), 1e-12);
    assertEquals(1 / Math.sqrt(1 + 100 + 9 + 16 + 25 + 36), distance.relativeL2(), 1e-12);
  }

  @Test
  void saysWhereAndByHowMuch() {
    var other = Tensor.of(new float[] {1, -10, 3.5f, 4, 5, 7}, 2, 3);
    var error = assertThrows(AssertionError.class, () -> TensorAssert.near("x", golden, other));
    assertTrue(error.toString().contains("2 of 6 values differ"), error::toString);
    assertTrue(error.toString().contains("at [0, 2]: expected 3.0000000, got 3.5"));
    assertTrue(error.toString().contains("worst at [1, 2]: expected 6.0000000, got 7.0"));
  }

  @Test
  void refusesNotANumber() {
    var other = Tensor.of(new float[] {Float.NaN, -10, 3, 4, 5, 6}, 2, 3);
    var error = assertThrows(AssertionError.class, () -> TensorAssert.near("x", golden, other));
    assertTrue(error.toString().contains("worst at [0, 0]"), error::toString);
    assertThrows(
        AssertionError.class,
        () -> TensorAssert.asNearAsReference("x", golden, golden.add(1), other));
  }

  @Test
  void refusesAnotherShape() {
    assertThrows(AssertionError.class, () -> TensorAssert.near("x", golden, golden.reshape(3, 2)));
  }

  @Test
  void comparesDistancesInBf16() {
    var reference = golden.add(0.01);
    assertDoesNotThrow(
        () -> TensorAssert.asNearAsReference("x", golden, reference, golden.add(-0.0119)));
    assertThrows(
        AssertionError.class,
        () -> TensorAssert.asNearAsReference("x", golden, reference, golden.add(0.0122)));
  }

  @Test
  void countsWhatIsLeftBehind() {
    assertEquals(2, LeakCheck.resultsOf(() -> golden.add(1).mul(2)));
    assertEquals(1, LeakCheck.resultsOf(() -> Scope.tidy(() -> golden.add(1).mul(2))));
    assertDoesNotThrow(() -> LeakCheck.leavesNothing(() -> golden.add(1)));
    try (var store = Scope.store()) {
      assertThrows(
          AssertionError.class, () -> LeakCheck.leavesNothing(() -> store.adopt(golden.add(1))));
    }
  }
}
