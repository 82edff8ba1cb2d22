package dev.kontext4j.engine.internal.torch;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// libcudart's functions, as native code calls them, over cards that are made up.
final class FakeCards implements SymbolLookup {
  private final List<Card> cards;
  private final int status;
  private final int driver;
  private final List<Integer> reset = new ArrayList<>();
  private int current;

  record Card(String name, int major, int minor, long free, long total) {}

  /// @param status what counting the cards comes to
  /// @param driver the CUDA that the driver knows
  FakeCards(int status, int driver, Card... cards) {
    this.status = status;
    this.driver = driver;
    this.cards = List.of(cards);
  }

  /// The cards whose contexts were given back.
  List<Integer> reset() {
    return reset;
  }

  @Override
  public Optional<MemorySegment> find(String name) {
    return switch (name) {
      case "cudaGetDeviceCount", "cudaDriverGetVersion", "cudaRuntimeGetVersion" ->
          stub(name, ADDRESS);
      case "cudaDeviceGetAttribute" -> stub(name, ADDRESS, JAVA_INT, JAVA_INT);
      case "cudaGetDeviceProperties" -> stub(name, ADDRESS, JAVA_INT);
      case "cudaMemGetInfo" -> stub(name, ADDRESS, ADDRESS);
      case "cudaSetDevice" -> stub(name, JAVA_INT);
      case "cudaDeviceReset" -> stub(name);
      default -> Optional.empty();
    };
  }

  @SuppressWarnings("restricted")
  private Optional<MemorySegment> stub(String name, MemoryLayout... arguments) {
    var descriptor = FunctionDescriptor.of(JAVA_INT, arguments);
    try {
      MethodType type = descriptor.toMethodType();
      var target = MethodHandles.lookup().bind(this, name, type);
      return Optional.of(Linker.nativeLinker().upcallStub(target, descriptor, Arena.global()));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(name, e);
    }
  }

  int cudaGetDeviceCount(MemorySegment count) {
    set(count, cards.size());
    return status;
  }

  int cudaDriverGetVersion(MemorySegment version) {
    set(version, driver);
    return 0;
  }

  int cudaRuntimeGetVersion(MemorySegment version) {
    set(version, 13_000);
    return 0;
  }

  int cudaDeviceGetAttribute(MemorySegment value, int attribute, int index) {
    Card card = cards.get(index);
    set(
        value,
        switch (attribute) {
          case 75 -> card.major;
          case 76 -> card.minor;
          default -> throw new AssertionError(attribute);
        });
    return 0;
  }

  int cudaGetDeviceProperties(MemorySegment properties, int index) {
    CLibrary.reinterpret(properties, 256).setString(0, cards.get(index).name);
    return 0;
  }

  int cudaMemGetInfo(MemorySegment free, MemorySegment total) {
    CLibrary.reinterpret(free, 8).set(JAVA_LONG, 0, cards.get(current).free);
    CLibrary.reinterpret(total, 8).set(JAVA_LONG, 0, cards.get(current).total);
    return 0;
  }

  int cudaSetDevice(int index) {
    current = index;
    return 0;
  }

  int cudaDeviceReset() {
    reset.add(current);
    return 0;
  }

  private static void set(MemorySegment cell, int value) {
    CLibrary.reinterpret(cell, 4).set(JAVA_INT, 0, value);
  }
}
