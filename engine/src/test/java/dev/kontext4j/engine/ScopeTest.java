package dev.kontext4j.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScopeTest {
  private static final float[] ONE = {1};

  @AfterEach
  void nothingLives() {
    assertEquals(0, Scope.liveTensors());
  }

  @Test
  void freesWhatWasMadeInIt() {
    try (var _ = Scope.open()) {
      var x = Tensor.of(ONE, 1);
      try (var _ = Scope.open()) {
        x.add(x);
        x.mul(2);
        assertEquals(3, Scope.liveTensors());
      }
      assertEquals(1, Scope.liveTensors());
    }
  }

  @Test
  void keepsAResultForTheScopeOutside() {
    try (var _ = Scope.open()) {
      Tensor kept;
      try (var inner = Scope.open()) {
        kept = inner.keep(Tensor.of(ONE, 1).add(1));
      }
      assertArrayEquals(new float[] {2}, kept.toFloats());
      assertEquals(1, Scope.liveTensors());
    }
  }

  @Test
  void keepLeavesATensorOfAnotherScopeWhereItIs() {
    try (var _ = Scope.open()) {
      var argument = Tensor.of(ONE, 1);
      try (var inner = Scope.open()) {
        assertEquals(argument, inner.keep(argument));
      }
      assertArrayEquals(ONE, argument.toFloats());
    }
  }

  @Test
  void resultsBelongToTheInnermostScopeWhoeverOwnsTheOperands() {
    try (var store = Scope.store()) {
      Tensor weight;
      try (var _ = Scope.open()) {
        weight = store.adopt(Tensor.of(ONE, 1));
        weight.mul(weight);
        assertEquals(2, Scope.liveTensors());
      }
      assertEquals(1, Scope.liveTensors());
      assertArrayEquals(ONE, weight.toFloats());
    }
  }

  @Test
  void useAfterCloseIsANamedException() {
    Tensor lost;
    try (var _ = Scope.open()) {
      lost = Tensor.of(ONE, 1);
    }
    assertThrows(ClosedTensorException.class, lost::toFloats);
    assertThrows(ClosedTensorException.class, lost::shape);
  }

  @Test
  void dropFreesEarlyAndOnlyItsOwn() {
    try (var outer = Scope.open()) {
      var mine = Tensor.of(ONE, 1);
      try (var inner = Scope.open()) {
        inner.drop(mine);
        assertEquals(1, Scope.liveTensors());
      }
      outer.drop(mine);
      assertEquals(0, Scope.liveTensors());
      assertThrows(ClosedTensorException.class, mine::toFloats);
    }
  }

  @Test
  void closingTwiceIsHarmlessAndOrderIsChecked() {
    var outer = Scope.open();
    var inner = Scope.open();
    assertThrows(IllegalStateException.class, outer::close);
    inner.close();
    inner.close();
    outer.close();
  }

  @Test
  void withoutAScopeThereIsNoTensor() {
    assertThrows(IllegalStateException.class, () -> Tensor.of(ONE, 1));
  }

  @Test
  void threadsHaveScopesOfTheirOwn() {
    try (var _ = Scope.open()) {
      var other =
          CompletableFuture.supplyAsync(() -> {
            try (var _ = Scope.open()) {
              return Tensor.of(ONE, 1).add(2).toFloats();
            }
          });
      assertArrayEquals(new float[] {3}, other.join());
      assertEquals(0, Scope.liveTensors());
    }
  }
}
