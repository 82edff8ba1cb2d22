package dev.kontext4j.testkit;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/// One stage of the reference, to be compared with ours in one element type: in f32 ours has to be
/// equal within [Tolerance#F32], in bf16 about as near to f32 as the reference in bf16.
public final class GoldenStage implements AutoCloseable {
  private final String name;
  private final DType dtype;
  private final Golden exact;
  private final Golden inBf16;

  private GoldenStage(String name, DType dtype, Golden exact, Golden inBf16) {
    this.name = name;
    this.dtype = dtype;
    this.exact = exact;
    this.inBf16 = inBf16;
  }

  /// Opens the stage of `NAME.safetensors`.
  public static GoldenStage open(String name, DType dtype) {
    return new GoldenStage(name, dtype, Golden.open(name), Golden.open("bf16"));
  }

  /// An input as it was drawn, in f32.
  public Tensor exact(String input) {
    return exact.tensor(input);
  }

  /// An input in the element type of the stage.
  public Tensor input(String input) {
    return exact.tensor(input).to(dtype);
  }

  public float[] floats(String input) {
    return exact.floats(input);
  }

  public List<long[]> ids(String input) {
    return exact.ids(input);
  }

  public void check(String output, Tensor ours) {
    check(output, whole -> whole, ours);
  }

  /// Compares with a part of the golden output.
  public void check(String output, UnaryOperator<Tensor> part, Tensor ours) {
    String what = name + "." + output;
    if (ours.dtype() != dtype) {
      throw new AssertionError(what + " is " + ours.dtype() + ", expected " + dtype);
    }
    var expected = part.apply(exact.tensor(output));
    if (dtype == DType.F32) {
      TensorAssert.near(what, expected, ours);
    } else {
      TensorAssert.asNearAsReference(what, expected, part.apply(inBf16.tensor(what)), ours);
    }
  }

  @Override
  public void close() {
    exact.close();
    inBf16.close();
  }
}
