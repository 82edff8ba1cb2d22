package dev.kontext4j.engine.internal.torch;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.kontext4j.engine.ComputeCapability;
import dev.kontext4j.engine.CudaCard;
import dev.kontext4j.engine.DeviceException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The plain C functions of NVIDIA's runtime library (libcudart) that ask about cards. It is small
/// and can be asked before libtorch is loaded.
///
/// @param libtorch that it came with
public record CudaRuntime(SymbolLookup symbols, LibtorchFolder libtorch) {
  private static final int PROPERTIES = 8192; // room for what any version tells of a card
  private static final int MAJOR = 75; // cudaDevAttrComputeCapabilityMajor
  private static final int MINOR = 76;

  /// That which came with the libtorch of this process.
  public static CudaRuntime loaded() {
    var library = TorchLibrary.loaded();
    if (!library.cuda()) {
      throw new DeviceException(
          library.mainLibrary()
              + " is a CPU build of libtorch; name a CUDA build with --libtorch DIR, or use --device cpu");
    }
    if (library.symbols().find("cudaGetDeviceCount").isEmpty()) {
      throw notFound();
    }
    return new CudaRuntime(library.symbols(), new LibtorchFolder(library.folder()));
  }

  /// That of a libtorch that is not loaded yet.
  public static CudaRuntime of(LibtorchFolder folder) {
    var file = folder.cudaRuntime().orElseThrow(CudaRuntime::notFound);
    return new CudaRuntime(TorchLibrary.open(file), folder);
  }

  private static DeviceException notFound() {
    return new DeviceException(
        "The CUDA runtime (libcudart) was not found beside libtorch, so no GPU can be used;"
            + " install PyTorch with its nvidia packages, or use --device cpu");
  }

  /// Fails with the cure unless the card `index` can be used.
  public void requireDevice(int index) {
    int count = deviceCount();
    if (index >= count) {
      throw new DeviceException(
          "There is no device cuda:" + index + ", only " + count + " CUDA device(s); see --device");
    }
    requireCompiledFor(index);
  }

  private void requireCompiledFor(int index) {
    var capability = capability(index);
    var build = libtorch.cudaBuild();
    if (build.isPresent() && !build.get().runsOn(capability)) {
      throw new DeviceException(
          "cuda:%d (%s) has compute capability %s, and this libtorch was compiled for %s; name another with --libtorch DIR, or use --device cpu"
              .formatted(index, name(index), capability, build.get().words()));
    }
  }

  /// The card with the most free memory, of those that can be used.
  ///
  /// @throws DeviceException with the cure if there is none
  public int freest() {
    int count = deviceCount();
    var build = libtorch.cudaBuild();
    var usable = new ArrayList<Integer>();
    for (int i = 0; i < count; i++) {
      if (build.isEmpty() || build.get().runsOn(capability(i))) {
        usable.add(i);
      }
    }
    if (usable.isEmpty()) {
      requireDevice(0);
    }
    return usable.size() == 1 ? usable.getFirst() : freestOf(usable);
  }

  /// Asking a card for its memory makes a context there, which takes some of it: it is given back
  /// where it is not wanted.
  private int freestOf(List<Integer> cards) {
    var memories = cards.stream().map(this::memory).toList();
    var most =
        cards.stream()
            .max(Comparator.comparing(card -> memories.get(cards.indexOf(card)).free))
            .orElseThrow();
    cards.stream().filter(card -> !card.equals(most)).forEach(this::letGo);
    return most;
  }

  private void letGo(int index) {
    choose(index);
    require(index, call(function("cudaDeviceReset")));
  }

  /// All cards, with the memory that is free on each.
  public List<CudaCard> cards() {
    requireDevice(0);
    var cards = new ArrayList<CudaCard>();
    for (int i = 0; i < deviceCount(); i++) {
      var memory = memory(i);
      cards.add(new CudaCard(i, name(i), capability(i), memory.free, memory.total));
    }
    return cards;
  }

  public String name(int index) {
    var describe = function("cudaGetDeviceProperties", ADDRESS, JAVA_INT);
    try (var arena = Arena.ofConfined()) {
      var properties = arena.allocate(PROPERTIES); // they begin with the name
      require(index, (int) describe.invokeExact(properties, index));
      return properties.getString(0);
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  public ComputeCapability capability(int index) {
    return new ComputeCapability(attribute(index, MAJOR), attribute(index, MINOR));
  }

  private int attribute(int index, int attribute) {
    var ask = function("cudaDeviceGetAttribute", ADDRESS, JAVA_INT, JAVA_INT);
    try (var arena = Arena.ofConfined()) {
      var value = arena.allocate(JAVA_INT);
      require(index, (int) ask.invokeExact(value, attribute, index));
      return value.get(JAVA_INT, 0);
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  /// By all programs, in bytes.
  public long memoryInUse(int index) {
    var memory = memory(index);
    return memory.total - memory.free;
  }

  private record Memory(long free, long total) {}

  private Memory memory(int index) {
    choose(index);
    var ask = function("cudaMemGetInfo", ADDRESS, ADDRESS);
    try (var arena = Arena.ofConfined()) {
      var free = arena.allocate(JAVA_LONG);
      var total = arena.allocate(JAVA_LONG);
      require(index, (int) ask.invokeExact(free, total));
      return new Memory(free.get(JAVA_LONG, 0), total.get(JAVA_LONG, 0));
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  /// For the calls of this thread that follow.
  private void choose(int index) {
    var choose = function("cudaSetDevice", JAVA_INT);
    try {
      require(index, (int) choose.invokeExact(index));
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  private int deviceCount() {
    var ask = function("cudaGetDeviceCount", ADDRESS);
    try (var arena = Arena.ofConfined()) {
      var count = arena.allocate(JAVA_INT);
      int status = (int) ask.invokeExact(count);
      if (status != 0) {
        throw new DeviceException(
            CudaRefusal.words(
                status, version("cudaDriverGetVersion"), version("cudaRuntimeGetVersion")));
      }
      return count.get(JAVA_INT, 0);
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  /// Such as 13000 for 13.0; 0 if there is none.
  private int version(String function) {
    var ask = function(function, ADDRESS);
    try (var arena = Arena.ofConfined()) {
      var version = arena.allocate(JAVA_INT);
      return (int) ask.invokeExact(version) == 0 ? version.get(JAVA_INT, 0) : 0;
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  private static int call(MethodHandle function) {
    try {
      return (int) function.invokeExact();
    } catch (Throwable e) {
      throw CLibrary.unexpected(e);
    }
  }

  private MethodHandle function(String name, MemoryLayout... arguments) {
    return CLibrary.function(symbols, name, JAVA_INT, arguments);
  }

  private static void require(int index, int status) {
    if (status != 0) {
      throw new DeviceException(
          "cuda:%d does not answer (CUDA error %d); see nvidia-smi".formatted(index, status));
    }
  }
}
