package dev.kontext4j.engine.internal.torch;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.invoke.MethodHandle;
import org.junit.jupiter.api.Test;

class OpenBlasTest {
  private static final int THREADS = 3;

  private final TorchLibrary torch = TorchLibrary.loaded();

  @Test
  void onlyALargeProductGetsThreads() {
    var blas = blas();
    assertEquals(1, threads(), "before");
    assertEquals(1, blas.product(OpenBlas.LARGE - 1, this::threads), "a small product");
    assertEquals(THREADS, blas.product(OpenBlas.LARGE, this::threads), "a large product");
    assertEquals(1, threads(), "behind it");
  }

  @Test
  void aProductThatFailsLeavesNoThreads() {
    var blas = blas();
    assertThrows(
        ArithmeticException.class,
        () ->
            blas.product(
                OpenBlas.LARGE,
                () -> {
                  throw new ArithmeticException();
                }));
    assertEquals(1, threads());
  }

  /// A libtorch that somebody named for the tests may have another matrix library.
  private OpenBlas blas() {
    var blas = OpenBlas.in(torch.symbols(), THREADS);
    assumeTrue(blas.isPresent());
    return blas.orElseThrow();
  }

  private long threads() {
    MethodHandle get = CLibrary.function(torch.symbols(), "openblas_get_num_threads", JAVA_INT);
    try {
      return (int) get.invokeExact();
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }
}
