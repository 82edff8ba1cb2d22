package dev.kontext4j.engine.internal.torch;

import static dev.kontext4j.engine.internal.torch.CLibrary.unexpected;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.kontext4j.engine.NativeCallException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// libtorch's stable C functions, one static method each.
///
/// A tensor handle is a pointer, carried as a `long`: both travel in the same register. Every
/// function but the constants returns 0 when it worked, which the methods here check; the
/// dispatcher's status goes to [Operator], which can say more about a failure.
public final class Torch {
  private static final TorchFunctions F = TorchFunctions.bind(TorchLibrary.loaded().symbols());

  /// The version of the C ABI, which the dispatcher wants to be told.
  private static final long ABI_VERSION = abiVersion();

  private Torch() {}

  /// Such as `2.10.0`: a byte each, from the highest.
  public static String version() {
    return "%d.%d.%d"
        .formatted(ABI_VERSION >>> 56, ABI_VERSION >>> 48 & 0xff, ABI_VERSION >>> 40 & 0xff);
  }

  private static long abiVersion() {
    try {
      return (long) F.abiVersion().invokeExact();
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Returns 0 when the operator worked; its results then stand on `stack` from index 0.
  static int callDispatcher(MemorySegment operator, MemorySegment overload, MemorySegment stack) {
    try {
      return (int) F.callDispatcher().invokeExact(operator, overload, stack, ABI_VERSION);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// A second handle to the same tensor.
  public static long duplicate(long tensor) {
    var result = NativeScratch.current().cell();
    try {
      check((int) F.newTensorHandle().invokeExact(tensor, result), "new_tensor_handle");
      return result.get(JAVA_LONG, 0);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  public static void deleteTensor(long tensor) {
    try {
      check((int) F.deleteTensor().invokeExact(tensor), "delete_tensor_object");
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// A new tensor with uninitialised elements in row-major order.
  public static long empty(long[] shape, int elementType, int deviceType, int deviceIndex) {
    var scratch = NativeScratch.current();
    var result = scratch.cell();
    try {
      check(
          (int)
              F.emptyStrided()
                  .invokeExact(
                      (long) shape.length,
                      scratch.sizes(shape),
                      scratch.rowMajorStrides(shape),
                      elementType,
                      deviceType,
                      deviceIndex,
                      result),
          "empty_strided");
      return result.get(JAVA_LONG, 0);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// A row-major tensor over memory of a device that somebody else keeps valid.
  public static long borrow(
      long address, long[] shape, int elementType, int deviceType, int deviceIndex) {
    var scratch = NativeScratch.current();
    var result = scratch.cell();
    try {
      check(
          (int)
              F.tensorFromBlob()
                  .invokeExact(
                      address,
                      (long) shape.length,
                      scratch.sizes(shape),
                      scratch.rowMajorStrides(shape),
                      0L,
                      elementType,
                      deviceType,
                      deviceIndex,
                      result),
          "create_tensor_from_blob");
      return result.get(JAVA_LONG, 0);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// A 0-dim f32 tensor on the CPU, which operators take beside tensors of any device.
  public static long scalar(float value) {
    var result = NativeScratch.current().cell();
    try {
      check((int) F.scalarTensor().invokeExact(value, result), "scalar_to_tensor");
      return result.get(JAVA_LONG, 0);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// `self - alpha * other`; 0 stands for a failure, so that the caller can describe it.
  public static long subtract(long self, long other, double alpha) {
    var result = NativeScratch.current().cell();
    try {
      int status = (int) F.subtract().invokeExact(self, other, alpha, result);
      return status == 0 ? result.get(JAVA_LONG, 0) : 0;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Writes `factor * left @ right` of matrices on the CPU over others and gives their handle; 0
  /// stands for a failure.
  static long productsOnCpu(long result, long left, long right, double factor) {
    try {
      int status = (int) F.productsOnCpu().invokeExact(result, result, left, right, 0.0, factor);
      return status == 0 ? result : 0;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  public static long dataPointer(long tensor) {
    return longOf(F.dataPointer(), tensor, "get_data_ptr");
  }

  public static long[] shape(long tensor) {
    int rank = Math.toIntExact(longOf(F.dimensions(), tensor, "get_dim"));
    var sizes = CLibrary.at(longOf(F.sizes(), tensor, "get_sizes"), (long) rank * Long.BYTES);
    return sizes.toArray(JAVA_LONG);
  }

  public static int elementType(long tensor) {
    return (int) longOf(F.elementType(), tensor, "get_dtype");
  }

  public static int deviceType(long tensor) {
    return (int) longOf(F.deviceType(), tensor, "get_device_type");
  }

  public static int deviceIndex(long tensor) {
    return (int) longOf(F.deviceIndex(), tensor, "get_device_index");
  }

  static long newList(int capacity) {
    return longOf(F.newList(), capacity, "new_list");
  }

  static void pushBack(long list, long value) {
    try {
      check((int) F.pushBack().invokeExact(list, value), "list_push_back");
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long newString(MemorySegment utf8, long bytes) {
    var result = NativeScratch.current().cell();
    try {
      check((int) F.newString().invokeExact(utf8, bytes, result), "new_string");
      return result.get(JAVA_LONG, 0);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Gradients are never wanted here; the switch is per thread.
  public static void disableGradients() {
    try {
      F.setGradMode().invokeExact(false);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// The common form: one word in, one word (or half of it) out through a pointer.
  private static long longOf(MethodHandle function, long argument, String name) {
    var result = NativeScratch.current().cell();
    result.set(JAVA_LONG, 0, 0);
    try {
      check((int) function.invokeExact(argument, result), name);
      return result.get(JAVA_LONG, 0);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static void check(int status, String function) {
    if (status != 0) {
      throw new NativeCallException("libtorch's function " + function + " failed");
    }
  }
}
