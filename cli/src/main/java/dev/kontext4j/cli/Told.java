package dev.kontext4j.cli;

import dev.kontext4j.cli.failure.InputException;
import java.util.function.Supplier;

/// Says which file a refusal is about.
final class Told {
  private Told() {}

  static <T> T about(String name, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (InputException e) {
      throw new InputException(name + ": " + e.getMessage());
    }
  }
}
