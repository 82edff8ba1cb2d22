package dev.kontext4j.engine.internal.torch;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.kontext4j.engine.DeviceException;
import java.lang.foreign.Arena;

/// The plain C functions of NVIDIA's runtime library that ask about cards.
public final class CudaRuntime {
  private CudaRuntime() {}

  /// Fails with the cure unless the card `index` can be used.
  public static void requireDevice(int index) {
    if (!TorchLibrary.loaded().cuda()) {
      throw new DeviceException(
          TorchLibrary.loaded().mainLibrary()
              + " is a CPU build of libtorch; name a CUDA build with --libtorch DIR, or use --device cpu");
    }
    int count = deviceCount();
    if (index >= count) {
      throw new DeviceException(
          "There is no device cuda:" + index + ", only " + count + " CUDA device(s); see --device");
    }
  }

  private static int deviceCount() {
    var symbols = TorchLibrary.loaded().symbols();
    if (symbols.find("cudaGetDeviceCount").isEmpty()) {
      throw new DeviceException(
          "The CUDA runtime (libcudart) was not found beside libtorch, so no GPU can be used;"
              + " install PyTorch with its nvidia packages, or use --device cpu");
    }
    var function = CLibrary.function(symbols, "cudaGetDeviceCount", JAVA_INT, ADDRESS);
    try (var arena = Arena.ofConfined()) {
      var count = arena.allocate(JAVA_INT);
      int status = (int) function.invokeExact(count);
      if (status != 0) {
        throw new DeviceException(
            "No usable CUDA GPU: "
                + reason(status)
                + " (CUDA error "
                + status
                + "); use --device cpu, or install an NVIDIA driver that fits this libtorch");
      }
      return count.get(JAVA_INT, 0);
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  private static String reason(int status) {
    return switch (status) {
      case 35 -> "there is no NVIDIA driver, or it is too old";
      case 100 -> "the driver sees no GPU";
      default -> "the driver refuses";
    };
  }
}
