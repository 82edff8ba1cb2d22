package dev.kontext4j.engine.internal.torch;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.function.LongSupplier;

/// The matrix library under the bundled libtorch, which has threads of its own beside libtorch's.
///
/// They wait for each other by spinning. That is right for one big product. Elsewhere they fight
/// for the cores with libtorch's threads and with other programs: fused attention, which libtorch
/// splits among its own threads, becomes five times slower, and an edit of many small products
/// takes five times as long on a busy machine (docs/measurements.md). So OpenBLAS works on the
/// calling thread, and only a large product gets the others.
final class OpenBlas {
  /// So many multiplications take one core some milliseconds.
  static final long LARGE = 1L << 27;

  private final MethodHandle setThreads;
  private final int allThreads;

  private OpenBlas(MethodHandle setThreads, int allThreads) {
    this.setThreads = setThreads;
    this.allThreads = allThreads;
  }

  /// Finds it where it is: other builds of libtorch have none.
  ///
  /// @param threads how many a large product may have
  static Optional<OpenBlas> in(SymbolLookup symbols, int threads) {
    if (symbols.find("openblas_set_num_threads").isEmpty()) {
      return Optional.empty();
    }
    var blas =
        new OpenBlas(CLibrary.procedure(symbols, "openblas_set_num_threads", JAVA_INT), threads);
    blas.use(1);
    return Optional.of(blas);
  }

  /// Makes a call that is one product, with as many threads as are worth it.
  long product(long multiplications, LongSupplier call) {
    if (multiplications < LARGE) {
      return call.getAsLong();
    }
    use(allThreads);
    try {
      return call.getAsLong();
    } finally {
      use(1);
    }
  }

  private void use(int threads) {
    try {
      setThreads.invokeExact(threads);
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }
}
