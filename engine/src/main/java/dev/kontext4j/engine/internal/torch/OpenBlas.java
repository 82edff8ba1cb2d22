package dev.kontext4j.engine.internal.torch;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.function.LongSupplier;

/// The matrix library under the bundled libtorch, which has threads of its own.
///
/// That is right for one big product. An operator that libtorch itself splits among its threads,
/// each with many small products, would have both kinds of threads fight for the cores: fused
/// attention becomes five times slower. Such an operator runs with OpenBLAS's threads put away.
/// Other builds of libtorch have no OpenBLAS, and nothing happens here.
final class OpenBlas {
  private static final Optional<OpenBlas> LOADED = of(TorchLibrary.loaded().symbols());

  private final MethodHandle threads;
  private final MethodHandle setThreads;

  private OpenBlas(MethodHandle threads, MethodHandle setThreads) {
    this.threads = threads;
    this.setThreads = setThreads;
  }

  private static Optional<OpenBlas> of(SymbolLookup symbols) {
    if (symbols.find("openblas_set_num_threads").isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new OpenBlas(
            CLibrary.function(symbols, "openblas_get_num_threads", JAVA_INT),
            CLibrary.procedure(symbols, "openblas_set_num_threads", JAVA_INT)));
  }

  /// Makes the call while OpenBLAS uses the calling thread only.
  static long withoutThreads(LongSupplier call) {
    return LOADED.map(blas -> blas.callAlone(call)).orElseGet(call::getAsLong);
  }

  private long callAlone(LongSupplier call) {
    try {
      int before = (int) threads.invokeExact();
      setThreads.invokeExact(1);
      try {
        return call.getAsLong();
      } finally {
        setThreads.invokeExact(before);
      }
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }
}
