package dev.kontext4j.bench;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What a call into libtorch costs besides the arithmetic: operators on four numbers, with the
/// result's birth and death.
@State(org.openjdk.jmh.annotations.Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class OpCallBench {
  // JMH builds the state on the thread that measures, which is where the scope must be open.
  private final Scope scope = Scope.open();
  private final Tensor a = Tensor.of(new float[] {1, 2, 3, 4}, 4);
  private final Tensor b = a.mul(a);

  @TearDown(Level.Trial)
  public void close() {
    scope.close();
  }

  /// Through the dispatcher, two tensors in.
  @Benchmark
  public long[] mul() {
    try (var _ = Scope.open()) {
      return a.mul(b).shape();
    }
  }

  /// Through a typed C function.
  @Benchmark
  public long[] add() {
    try (var _ = Scope.open()) {
      return a.add(b).shape();
    }
  }

  /// Through the dispatcher, with a list of numbers: a view without any arithmetic.
  @Benchmark
  public long[] reshape() {
    try (var _ = Scope.open()) {
      return a.reshape(2, 2).shape();
    }
  }

  /// Ten operators in one scope, as networks do it; divide by ten.
  @Benchmark
  public long[] tenOperators() {
    try (var _ = Scope.open()) {
      var x = a;
      for (int i = 0; i < 5; i++) {
        x = x.mul(b).add(b);
      }
      return x.shape();
    }
  }
}
