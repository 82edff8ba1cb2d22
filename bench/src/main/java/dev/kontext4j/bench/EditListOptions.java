package dev.kontext4j.bench;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.quant.Precision;
import dev.kontext4j.sampler.fast.Fast;
import dev.kontext4j.toybox.EmbeddedModel;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/// The arguments of [EditList]. Defaults are those of the command line, but for the element type:
/// f32 is the same on every machine.
record EditListOptions(
    String model,
    Path manifest,
    Path results,
    int steps,
    DType dtype,
    Precision precision,
    float guidance,
    Fast fast) {
  private static final String USAGE =
      "edit-list MODEL_FOLDER|toybox MANIFEST OUT_FOLDER [--steps N] [--dtype float32|bfloat16]"
          + " [--precision exact|int8|fp8] [--guidance G] [--fast SHORTCUTS]";

  /// @throws IllegalArgumentException with what would be right
  static EditListOptions of(List<String> arguments) {
    if (arguments.size() < 3 || arguments.subList(0, 3).stream().anyMatch(a -> a.startsWith("-"))) {
      throw new IllegalArgumentException("usage: " + USAGE);
    }
    var options =
        new EditListOptions(
            arguments.get(0),
            Path.of(arguments.get(1)),
            Path.of(arguments.get(2)),
            28,
            DType.F32,
            Precision.EXACT,
            2.5f,
            Fast.EXACT);
    var rest = arguments.subList(3, arguments.size()).iterator();
    while (rest.hasNext()) {
      options = options.with(rest.next(), rest);
    }
    return options;
  }

  /// The folder that was named, or the embedded model's.
  Path modelFolder() {
    return model.equals("toybox") ? EmbeddedModel.folder() : Path.of(model);
  }

  private EditListOptions with(String name, Iterator<String> values) {
    String value = values.hasNext() ? values.next() : "nothing";
    try {
      return switch (name) {
        case "--steps" -> with(Integer.parseInt(value), dtype, precision, guidance, fast);
        case "--dtype" -> with(steps, dtype(value), precision, guidance, fast);
        case "--precision" -> with(steps, dtype, precision(value), guidance, fast);
        case "--guidance" -> with(steps, dtype, precision, Float.parseFloat(value), fast);
        case "--fast" -> with(steps, dtype, precision, guidance, Fast.of(value));
        default -> throw new IllegalArgumentException("no option " + name);
      };
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " " + value + "; usage: " + USAGE, e);
    }
  }

  private EditListOptions with(
      int steps, DType dtype, Precision precision, float guidance, Fast fast) {
    return new EditListOptions(model, manifest, results, steps, dtype, precision, guidance, fast);
  }

  private static Precision precision(String name) {
    return Precision.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static DType dtype(String name) {
    return switch (name) {
      case "float32" -> DType.F32;
      case "bfloat16" -> DType.BF16;
      default -> throw new IllegalArgumentException(name);
    };
  }
}
