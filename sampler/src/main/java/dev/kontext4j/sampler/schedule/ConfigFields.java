package dev.kontext4j.sampler.schedule;

import dev.kontext4j.engine.CheckpointException;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// The fields of a parsed `scheduler_config.json`, asked for by name and type. A field that is
/// absent or null has its default.
final class ConfigFields {
  private final Map<String, ?> json;

  ConfigFields(Map<String, ?> json) {
    this.json = json;
  }

  /// A file without a class name passes: the model's index names the class too.
  void requireSolver(String name) {
    String found = text("_class_name", name);
    if (!found.equals(name)) {
      throw refused("the solver " + found + " is not supported; supported: " + name);
    }
  }

  boolean flag(String name) {
    return switch (get(name)) {
      case null -> false;
      case Boolean value -> value;
      case Object other -> throw wrongType(name, "true or false", other);
    };
  }

  String text(String name, String fallback) {
    return switch (get(name)) {
      case null -> fallback;
      case String value -> value;
      case Object other -> throw wrongType(name, "a text", other);
    };
  }

  OptionalDouble optional(String name) {
    return switch (get(name)) {
      case null -> OptionalDouble.empty();
      case Number value when Double.isFinite(value.doubleValue()) ->
          OptionalDouble.of(value.doubleValue());
      case Object other -> throw wrongType(name, "a number", other);
    };
  }

  double number(String name, double fallback) {
    return optional(name).orElse(fallback);
  }

  /// A whole number of at least 1.
  double positive(String name, double fallback) {
    double value = number(name, fallback);
    if (value < 1 || value > Integer.MAX_VALUE || value != Math.rint(value)) {
      throw refused(name + " is " + value + ", expected a whole number of at least 1");
    }
    return value;
  }

  CheckpointException refused(String why) {
    return new CheckpointException("scheduler_config.json: " + why);
  }

  private CheckpointException wrongType(String name, String expected, Object found) {
    return refused(name + " is " + found + ", expected " + expected);
  }

  private @Nullable Object get(String name) {
    return json.get(name);
  }
}
