package dev.kontext4j.engine.internal.torch;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.kontext4j.engine.CudaCard;
import dev.kontext4j.engine.DeviceException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.ArrayList;
import java.util.List;

/// The plain C functions of NVIDIA's runtime library that ask about cards.
public final class CudaRuntime {
  /// Room for what any version tells of a card.
  private static final int PROPERTIES = 8192;

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

  /// All cards, with the memory that is free on each.
  public static List<CudaCard> cards() {
    requireDevice(0);
    var cards = new ArrayList<CudaCard>();
    for (int i = 0; i < deviceCount(); i++) {
      cards.add(card(i));
    }
    return cards;
  }

  private static CudaCard card(int index) {
    var describe =
        CLibrary.function(symbols(), "cudaGetDeviceProperties", JAVA_INT, ADDRESS, JAVA_INT);
    try (var arena = Arena.ofConfined()) {
      var properties = arena.allocate(PROPERTIES); // they begin with the name
      require(index, (int) describe.invokeExact(properties, index));
      var memory = memory(index);
      return new CudaCard(index, properties.getString(0), memory.free, memory.total);
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  /// By all programs, in bytes.
  public static long memoryInUse(int index) {
    var memory = memory(index);
    return memory.total - memory.free;
  }

  private record Memory(long free, long total) {}

  private static Memory memory(int index) {
    var choose = CLibrary.function(symbols(), "cudaSetDevice", JAVA_INT, JAVA_INT);
    var ask = CLibrary.function(symbols(), "cudaMemGetInfo", JAVA_INT, ADDRESS, ADDRESS);
    try (var arena = Arena.ofConfined()) {
      var free = arena.allocate(JAVA_LONG);
      var total = arena.allocate(JAVA_LONG);
      require(index, (int) choose.invokeExact(index));
      require(index, (int) ask.invokeExact(free, total));
      return new Memory(free.get(JAVA_LONG, 0), total.get(JAVA_LONG, 0));
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  private static SymbolLookup symbols() {
    return TorchLibrary.loaded().symbols();
  }

  private static void require(int index, int status) {
    if (status != 0) {
      throw new DeviceException(
          "cuda:%d does not answer (CUDA error %d); see nvidia-smi".formatted(index, status));
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
