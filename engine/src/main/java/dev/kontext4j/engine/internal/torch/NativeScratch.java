package dev.kontext4j.engine.internal.torch;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A little native memory of each thread, written anew for every call, so that a call allocates
/// nothing. Its parts never overlap; each is free again once the call that used it returns.
final class NativeScratch {
  static final int STACK_SLOTS = 32;
  static final int MAX_RANK = 16;

  private static final ThreadLocal<NativeScratch> CURRENT =
      ThreadLocal.withInitial(NativeScratch::new);

  private final MemorySegment cell;
  private final MemorySegment sizes;
  private final MemorySegment strides;
  private final MemorySegment stack;

  private NativeScratch() {
    // Lives as long as the thread: a confined arena would need a close that threads do not offer.
    var arena = Arena.ofAuto();
    cell = arena.allocate(JAVA_LONG);
    sizes = arena.allocate(JAVA_LONG, MAX_RANK);
    strides = arena.allocate(JAVA_LONG, MAX_RANK);
    stack = arena.allocate(JAVA_LONG, STACK_SLOTS);
  }

  static NativeScratch current() {
    return CURRENT.get();
  }

  /// Room for one result.
  MemorySegment cell() {
    return cell;
  }

  /// The operator stack.
  MemorySegment stack() {
    return stack;
  }

  MemorySegment sizes(long[] shape) {
    for (int i = 0; i < shape.length; i++) {
      sizes.setAtIndex(JAVA_LONG, i, shape[i]);
    }
    return sizes;
  }

  MemorySegment rowMajorStrides(long[] shape) {
    long stride = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides.setAtIndex(JAVA_LONG, i, stride);
      stride = Math.multiplyExact(stride, Math.max(shape[i], 1));
    }
    return strides;
  }
}
