package dev.kontext4j.engine.internal.torch;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The arguments of one operator call, in the order of its schema, defaults included.
///
/// Tensors are duplicated before they go on the stack, because the dispatcher takes ownership of
/// what it is given. With a description asked for, each argument is also written down in words.
public final class Arguments {
  private final MemorySegment stack;
  private final @Nullable List<String> description;
  private int count;

  Arguments(MemorySegment stack, @Nullable List<String> description) {
    this.stack = stack;
    this.description = description;
  }

  static Arguments described(MemorySegment stack) {
    return new Arguments(stack, new ArrayList<>());
  }

  List<String> description() {
    return description == null ? List.of() : description;
  }

  public Arguments tensor(long tensor) {
    describe(() -> TensorText.of(tensor));
    return push(Torch.duplicate(tensor));
  }

  /// A `Tensor?`: 0 stands for none.
  public Arguments optionalTensor(long tensor) {
    if (tensor == 0) {
      return none();
    }
    describe(() -> TensorText.of(tensor));
    return push(CLibrary.heapCell(Torch.duplicate(tensor)));
  }

  public Arguments tensors(long[] tensors) {
    long list = Torch.newList(tensors.length);
    for (long tensor : tensors) {
      describe(() -> TensorText.of(tensor));
      Torch.pushBack(list, Torch.duplicate(tensor));
    }
    return push(list);
  }

  public Arguments integer(long value) {
    describe(() -> Long.toString(value));
    return push(value);
  }

  /// An `int?` that is given.
  public Arguments optionalInteger(long value) {
    describe(() -> Long.toString(value));
    return push(CLibrary.heapCell(value));
  }

  public Arguments integers(long... values) {
    return push(list(values));
  }

  /// An `int[]?` that is given.
  public Arguments optionalIntegers(long... values) {
    return push(CLibrary.heapCell(list(values)));
  }

  private long list(long[] values) {
    describe(() -> Arrays.toString(values));
    long list = Torch.newList(values.length);
    for (long value : values) {
      Torch.pushBack(list, value);
    }
    return list;
  }

  public Arguments real(double value) {
    describe(() -> Double.toString(value));
    return push(Double.doubleToRawLongBits(value));
  }

  /// A `float?` that is given.
  public Arguments optionalReal(double value) {
    describe(() -> Double.toString(value));
    return push(CLibrary.heapCell(Double.doubleToRawLongBits(value)));
  }

  public Arguments flag(boolean value) {
    return push(value ? 1 : 0);
  }

  public Arguments device(int type, int index) {
    return push(((long) type << 32) | index);
  }

  public Arguments text(String value) {
    describe(() -> value);
    try (var arena = Arena.ofConfined()) {
      var utf8 = arena.allocateFrom(value);
      return push(Torch.newString(utf8, utf8.byteSize() - 1));
    }
  }

  /// An optional argument that is not given.
  public Arguments none() {
    return push(0);
  }

  private Arguments push(long value) {
    stack.setAtIndex(JAVA_LONG, count++, value);
    return this;
  }

  private void describe(Supplier<String> words) {
    if (description != null) {
      description.add(words.get());
    }
  }
}
