package dev.kontext4j.engine.internal.torch;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.kontext4j.engine.DeviceException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;

/// Copies from pinned memory to a card, on a CUDA stream beside the computation's. That one is the
/// default stream, which nothing here ever changes. Not yet run on a card.
public final class CopyStream implements AutoCloseable {
  private static final int NON_BLOCKING = 1;
  private static final int NO_TIMING = 2;
  private static final int HOST_TO_DEVICE = 1;
  private static final long DEFAULT_STREAM = 0;

  private final int card;
  private final MethodHandle setDevice = bind("cudaSetDevice", JAVA_INT);
  private final MethodHandle copyAsync =
      bind("cudaMemcpyAsync", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG);
  private final MethodHandle awaitStream = bind("cudaStreamSynchronize", JAVA_LONG);
  private final MethodHandle recordEvent = bind("cudaEventRecord", JAVA_LONG, JAVA_LONG);
  private final MethodHandle awaitEvent =
      bind("cudaStreamWaitEvent", JAVA_LONG, JAVA_LONG, JAVA_INT);
  private final long pinned;
  private final long stream;
  private final long event;

  private CopyStream(int card, long bytes) {
    this.card = card;
    chooseCard();
    pinned = pinnedMemory(bytes);
    stream = made("cudaStreamCreateWithFlags", NON_BLOCKING);
    event = made("cudaEventCreateWithFlags", NO_TIMING);
  }

  /// A stream of copies from as many bytes of pinned memory.
  public static CopyStream open(int card, long bytes) {
    return new CopyStream(card, bytes);
  }

  /// Where the pinned memory begins.
  public long pinned() {
    return pinned;
  }

  /// Begins a copy. On any thread.
  public void copy(long from, long to, long bytes) {
    try {
      check(
          "cudaMemcpyAsync", (int) copyAsync.invokeExact(to, from, bytes, HOST_TO_DEVICE, stream));
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  /// Returns when all copies are through.
  public void awaitCopies() {
    try {
      check("cudaStreamSynchronize", (int) awaitStream.invokeExact(stream));
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  /// Marks the place in the computation's orders behind all that were given so far.
  public void markComputation() {
    chooseCard(); // whose default stream it is
    try {
      check("cudaEventRecord", (int) recordEvent.invokeExact(event, DEFAULT_STREAM));
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  /// Has the copies that follow wait until the computation has come to the last mark.
  public void awaitComputation() {
    try {
      check("cudaStreamWaitEvent", (int) awaitEvent.invokeExact(stream, event, 0));
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  @Override
  public void close() {
    awaitCopies();
    call("cudaEventDestroy", event);
    call("cudaStreamDestroy", stream);
    call("cudaFreeHost", pinned);
  }

  private void chooseCard() {
    try {
      check("cudaSetDevice", (int) setDevice.invokeExact(card));
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  /// What a function that makes something writes to its first argument.
  private long made(String function, int flags) {
    var make = bind(function, ADDRESS, JAVA_INT);
    try (var arena = Arena.ofConfined()) {
      var result = arena.allocate(JAVA_LONG);
      check(function, (int) make.invokeExact(result, flags));
      return result.get(JAVA_LONG, 0);
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  private long pinnedMemory(long bytes) {
    var make = bind("cudaHostAlloc", ADDRESS, JAVA_LONG, JAVA_INT);
    try (var arena = Arena.ofConfined()) {
      var result = arena.allocate(JAVA_LONG);
      check("cudaHostAlloc", (int) make.invokeExact(result, bytes, 0));
      return result.get(JAVA_LONG, 0);
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  private void call(String function, long argument) {
    var handle = bind(function, JAVA_LONG);
    try {
      check(function, (int) handle.invokeExact(argument));
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  private void check(String function, int status) {
    if (status != 0) {
      throw new DeviceException(
          "cuda:%d: %s failed (CUDA error %d); see nvidia-smi, or use --device cpu"
              .formatted(card, function, status));
    }
  }

  private static MethodHandle bind(String function, MemoryLayout... arguments) {
    return CLibrary.function(TorchLibrary.loaded().symbols(), function, JAVA_INT, arguments);
  }
}
