package dev.kontext4j.engine.nn;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import java.util.Optional;

/// The functions between two linear layers, by the names that configs give them.
public enum Activation {
  RELU("relu"),
  SILU("silu"),
  /// By the error function.
  GELU("gelu"),
  /// By the tanh approximation.
  GELU_NEW("gelu_new"),
  /// `x * sigmoid(1.702 x)`
  QUICK_GELU("quick_gelu");

  private final String title;

  Activation(String title) {
    this.title = title;
  }

  public static Optional<Activation> named(String title) {
    for (Activation activation : values()) {
      if (activation.title.equals(title)) {
        return Optional.of(activation);
      }
    }
    return Optional.empty();
  }

  public Tensor forward(Tensor x) {
    return switch (this) {
      case RELU -> x.relu();
      case SILU -> x.silu();
      case GELU -> x.gelu();
      case GELU_NEW -> x.geluTanh();
      case QUICK_GELU -> Scope.tidy(() -> x.mul(x.mul(1.702).sigmoid()));
    };
  }
}
