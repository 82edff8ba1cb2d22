package dev.kontext4j.engine.internal.torch;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/// libtorch's own words for a failed call.
///
/// Up to 2.12 libtorch does not return them, it prints them on stderr, with a C++ stack trace. So
/// its log is kept silent, and a call that failed is made once more with the log on and stderr
/// turned into a file. That costs milliseconds, on the error path only. Not done on Windows, where
/// descriptors belong to a C runtime that may not be libtorch's.
final class FailureText {
  private static final String UNKNOWN = "libtorch gave no reason";
  private static final int STDERR = 2;
  private static final int READ_WRITE = 2;
  private static final Pattern LOG_PREFIX =
      Pattern.compile("(?s)^\\[[^]]*]\\s*(Exception in [^:]*:\\s*)?");
  private static final Pattern STACK_TRACE =
      Pattern.compile("(?s)\\s*(Exception raised from|frame #0|C\\+\\+ CapturedTraceback).*");

  private FailureText() {}

  static synchronized String of(LongSupplier failingCall) {
    if (CLibrary.WINDOWS) {
      return UNKNOWN;
    }
    try {
      Path file = Files.createTempFile("kontext4j", ".log");
      try {
        captureStderr(file, failingCall);
        return firstWords(Files.readString(file));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private static void captureStderr(Path file, LongSupplier call) {
    int saved = Descriptors.duplicate(STDERR);
    int target = Descriptors.open(file);
    Descriptors.redirect(target, STDERR);
    TorchLibrary.loaded().log().speak();
    try {
      long _ = call.getAsLong();
    } finally {
      TorchLibrary.loaded().log().silence();
      Descriptors.redirect(saved, STDERR);
      Descriptors.close(target);
      Descriptors.close(saved);
    }
  }

  static String firstWords(String log) {
    String text = LOG_PREFIX.matcher(log.strip()).replaceFirst("");
    text = STACK_TRACE.matcher(text).replaceFirst("").strip().replaceAll("\\s*\\R\\s*", " ");
    return text.isEmpty() ? UNKNOWN : text;
  }

  /// POSIX file descriptors.
  private static final class Descriptors {
    private static final MethodHandle DUP = CLibrary.function("dup", JAVA_INT, JAVA_INT);
    private static final MethodHandle DUP2 =
        CLibrary.function("dup2", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle OPEN = CLibrary.function("open", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CLOSE = CLibrary.function("close", JAVA_INT, JAVA_INT);

    static int duplicate(int descriptor) {
      return call(DUP, descriptor);
    }

    static void close(int descriptor) {
      int _ = call(CLOSE, descriptor);
    }

    static void redirect(int from, int to) {
      try {
        int _ = (int) DUP2.invokeExact(from, to);
      } catch (Throwable e) {
        throw CLibrary.unexpected(e);
      }
    }

    static int open(Path file) {
      try (var arena = Arena.ofConfined()) {
        return (int) OPEN.invokeExact(arena.allocateFrom(file.toString()), READ_WRITE);
      } catch (Throwable e) {
        throw CLibrary.unexpected(e);
      }
    }

    private static int call(MethodHandle function, int descriptor) {
      try {
        return (int) function.invokeExact(descriptor);
      } catch (Throwable e) {
        throw CLibrary.unexpected(e);
      }
    }
  }
}
