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
import java.lang.invoke.MethodHandle;

/// The few functions of the C library that talking to libtorch needs.
final class CLibrary {
  static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
  private static final SymbolLookup LOOKUP = Linker.nativeLinker().defaultLookup();
  private static final MethodHandle MALLOC = function(LOOKUP, "malloc", ADDRESS, JAVA_LONG);
  private static final MethodHandle SETENV =
      WINDOWS
          ? function(LOOKUP, "_putenv_s", JAVA_INT, ADDRESS, ADDRESS)
          : function(LOOKUP, "setenv", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);

  private CLibrary() {}

  /// Binds a C function. Each call site names one function with its true C signature.
  @SuppressWarnings("restricted")
  static MethodHandle function(
      SymbolLookup library, String name, MemoryLayout result, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(library.findOrThrow(name), FunctionDescriptor.of(result, arguments));
  }

  /// Binds a C function that returns nothing.
  @SuppressWarnings("restricted")
  static MethodHandle procedure(SymbolLookup library, String name, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(library.findOrThrow(name), FunctionDescriptor.ofVoid(arguments));
  }

  /// Binds a function of the C library itself.
  static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
    return function(LOOKUP, name, result, arguments);
  }

  /// The address of a heap cell holding `value`, which the callee will free.
  static long heapCell(long value) {
    try {
      var cell = reinterpret((MemorySegment) MALLOC.invokeExact((long) Long.BYTES), Long.BYTES);
      cell.set(JAVA_LONG, 0, value);
      return cell.address();
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Sets a variable of this process, so that libraries loaded later see it.
  static void setEnvironment(String name, String value) {
    try (var arena = Arena.ofConfined()) {
      var cName = arena.allocateFrom(name);
      var cValue = arena.allocateFrom(value);
      int status =
          WINDOWS
              ? (int) SETENV.invokeExact(cName, cValue)
              : (int) SETENV.invokeExact(cName, cValue, 1);
      if (status != 0) {
        throw new IllegalStateException("could not set the environment variable " + name);
      }
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// Has the process end as soon as Java is done with it. What would follow are the farewells of
  /// the libraries loaded so far, and libtorch takes apart every operator that it knows, to no end.
  /// Where the C library cannot do this (glibc can), they are waited for.
  static void skipFarewells() {
    var end = LOOKUP.find("_exit");
    if (end.isEmpty() || LOOKUP.find("on_exit").isEmpty()) {
      return;
    }
    var onExit = function("on_exit", JAVA_INT, ADDRESS, ADDRESS);
    try {
      int _ = (int) onExit.invokeExact(end.get(), MemorySegment.NULL); // called with the exit code
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @SuppressWarnings("restricted")
  static MemorySegment reinterpret(MemorySegment pointer, long bytes) {
    return pointer.reinterpret(bytes);
  }

  @SuppressWarnings("restricted")
  static MemorySegment at(long address, long bytes) {
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  /// A method handle declares `Throwable`, but only the checks around a call and the JVM throw.
  static AssertionError unexpected(Throwable e) {
    switch (e) {
      case Error error -> throw error;
      case RuntimeException exception -> throw exception;
      default -> throw new AssertionError("a native call threw", e);
    }
  }
}
