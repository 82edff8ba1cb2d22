package dev.kontext4j.engine.internal.torch;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.kontext4j.engine.EngineException;
import dev.kontext4j.engine.MemoryException;
import dev.kontext4j.engine.NativeCallException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/// One ATen operator by name and overload, called through libtorch's dispatcher.
///
/// The arguments come as a function that writes them, so that a failed call can be made once more
/// to hear libtorch's reason, which it only prints (see [FailureText]).
public final class Operator {
  private static final Pattern OUT_OF_MEMORY =
      Pattern.compile("out of memory|can't allocate memory|not enough memory");

  private final String fullName;
  private final MemorySegment name;
  private final MemorySegment overload;

  private Operator(String name, String overload) {
    this.fullName = overload.isEmpty() ? name : name + "." + overload;
    // Operators are constants of the program and so are their names.
    this.name = Arena.global().allocateFrom("aten::" + name);
    this.overload = Arena.global().allocateFrom(overload);
  }

  public static Operator of(String name) {
    return new Operator(name, "");
  }

  public static Operator of(String name, String overload) {
    return new Operator(name, overload);
  }

  /// Calls an operator with one result; the caller owns the handle.
  public long call(Consumer<Arguments> write) {
    return call(1, write)[0];
  }

  /// Calls an operator with several results; the caller owns the handles.
  public long[] call(int results, Consumer<Arguments> write) {
    var stack = NativeScratch.current().stack();
    write.accept(new Arguments(stack, null));
    if (Torch.callDispatcher(name, overload, stack) != 0) {
      throw failure(write);
    }
    var handles = new long[results];
    for (int i = 0; i < results; i++) {
      handles[i] = stack.getAtIndex(JAVA_LONG, i);
    }
    return handles;
  }

  /// Calls one of the typed C functions, which give a handle, or 0 when they failed.
  static long typed(String name, LongSupplier call, long... tensors) {
    long result = call.getAsLong();
    if (result == 0) {
      var words = LongStream.of(tensors).mapToObj(TensorText::of).toList();
      throw failure(name, words, FailureText.of(call));
    }
    return result;
  }

  private EngineException failure(Consumer<Arguments> write) {
    var stack = NativeScratch.current().stack();
    var arguments = Arguments.described(stack);
    write.accept(arguments);
    String reason = FailureText.of(() -> Torch.callDispatcher(name, overload, stack));
    return failure(fullName, arguments.description(), reason);
  }

  private static EngineException failure(String name, List<String> arguments, String reason) {
    String call = name + "(" + String.join(", ", arguments) + ")";
    return OUT_OF_MEMORY.matcher(reason).find()
        ? new MemoryException("Not enough memory for " + call + ": " + reason)
        : new NativeCallException(call + " failed: " + reason);
  }
}
