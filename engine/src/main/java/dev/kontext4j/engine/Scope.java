package dev.kontext4j.engine;

import dev.kontext4j.engine.internal.torch.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Owns the tensors that are made while it is the innermost open scope of its thread, and frees
/// them when it closes.
///
/// ```java
/// try (var scope = Scope.open()) {
///   var hidden = up.forward(x).gelu();
///   return scope.keep(down.forward(hidden)); // hidden is freed here, the result is not
/// }
/// ```
///
/// Scopes of a thread close in the reverse order of their opening. A *store* is a scope that stands
/// beside that order: it owns what is adopted into it, such as weights, until somebody closes it.
public final class Scope implements AutoCloseable {
  private static final ThreadLocal<@Nullable Scope> INNERMOST = new ThreadLocal<>();
  private static final AtomicLong LIVE_TENSORS = new AtomicLong();

  private final @Nullable Scope outer;
  private final boolean store;
  private final List<Tensor> tensors = new ArrayList<>();
  private boolean closed;

  private Scope(@Nullable Scope outer, boolean store) {
    this.outer = outer;
    this.store = store;
  }

  /// Opens a scope on this thread, inside those that are open already.
  public static Scope open() {
    Scope outer = INNERMOST.get();
    if (outer == null) {
      Torch.disableGradients(); // a switch of each thread
    }
    var scope = new Scope(outer, false);
    INNERMOST.set(scope);
    return scope;
  }

  /// A scope outside of any thread's order, for tensors that outlive the calls that made them.
  public static Scope store() {
    return new Scope(null, true);
  }

  /// Runs `body` in a scope of its own and keeps nothing but its result.
  public static Tensor tidy(Supplier<Tensor> body) {
    try (var scope = Scope.open()) {
      return scope.keep(body.get());
    }
  }

  /// How many tensors exist in this process, over all threads.
  public static long liveTensors() {
    return LIVE_TENSORS.get();
  }

  /// Hands a tensor of this scope to the one outside it. A tensor that another scope owns stays
  /// where it is, so that a function may return its own argument or a weight.
  public Tensor keep(Tensor tensor) {
    if (tensor.owner() == this) {
      if (outer == null) {
        throw new IllegalStateException("keep needs an outer scope to hand the tensor to");
      }
      outer.take(tensor);
    }
    return tensor;
  }

  /// Frees a tensor of this scope before its end, for loops that go from one big tensor to the
  /// next. A tensor that another scope owns is left alone.
  public synchronized void drop(Tensor tensor) {
    if (tensor.owner() == this) {
      tensors.remove(tensors.lastIndexOf(tensor));
      release(tensor);
    }
  }

  private static void release(Tensor tensor) {
    tensor.free();
    LIVE_TENSORS.decrementAndGet();
  }

  /// Takes a tensor from the scope that owns it.
  public Tensor adopt(Tensor tensor) {
    take(tensor);
    return tensor;
  }

  /// Registers a tensor that was just made.
  static void own(Tensor tensor) {
    Scope innermost = INNERMOST.get();
    if (innermost == null) {
      tensor.free();
      throw new IllegalStateException("no scope is open on this thread: open one around the work");
    }
    innermost.take(tensor);
    LIVE_TENSORS.incrementAndGet();
  }

  private synchronized void take(Tensor tensor) {
    if (closed) {
      throw new IllegalStateException("the scope is closed");
    }
    tensors.add(tensor);
    tensor.ownedBy(this);
  }

  /// Frees what this scope still owns. Closing twice is allowed.
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    if (!store) {
      leave();
    }
    closed = true;
    for (Tensor tensor : tensors) {
      if (tensor.owner() == this) { // else it was kept or adopted elsewhere
        release(tensor);
      }
    }
    tensors.clear();
  }

  private void leave() {
    if (INNERMOST.get() != this) {
      throw new IllegalStateException("scopes must close in the reverse order of their opening");
    }
    if (outer == null) {
      INNERMOST.remove();
    } else {
      INNERMOST.set(outer);
    }
  }
}
