package dev.kontext4j.lora.change;

import java.util.function.Supplier;

/// Tensors of an adapter file that do not fit each other, or do not fit the network; the message
/// says which.
public final class Misfit extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Misfit(String message) {
    super(message);
  }

  static void unless(boolean fits, Supplier<String> message) {
    if (!fits) {
      throw new Misfit(message.get());
    }
  }
}
