package dev.kontext4j.transformer.convert;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.weights.Layout;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.engine.weights.PartFiles;
import dev.kontext4j.transformer.flux.FluxLayouts;
import dev.kontext4j.transformer.flux.FluxTransformer;
import dev.kontext4j.transformer.t5.T5Encoder;
import dev.kontext4j.transformer.t5.T5Layouts;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// A network whose weights can be converted.
public final class Network {
  public static final Network TRANSFORMER =
      new Network(
          "flux",
          FluxTransformer::open,
          FluxLayouts.ALL,
          Map.of(
              Target.DIFFUSERS, FluxLayouts.DIFFUSERS,
              Target.BFL, FluxLayouts.ORIGINAL,
              Target.FP8_SCALED, FluxLayouts.ORIGINAL,
              Target.Q8_0, FluxLayouts.ORIGINAL),
          name -> name.contains("_blocks."));
  public static final Network T5 =
      new Network(
          "t5encoder",
          T5Encoder::open,
          T5Layouts.ALL,
          Map.of(Target.FP8_SCALED, T5Layouts.SHARED, Target.Q8_0, T5Layouts.LLAMA_CPP),
          name -> name.contains(".block.") && !name.contains("relative_attention_bias"));

  private final String architecture;
  private final Opening opening;
  private final List<Layout> layouts;
  private final Map<Target, Layout> names;
  private final Predicate<String> matrices;

  private Network(
      String architecture,
      Opening opening,
      List<Layout> layouts,
      Map<Target, Layout> names,
      Predicate<String> matrices) {
    this.architecture = architecture;
    this.opening = opening;
    this.layouts = List.copyOf(layouts);
    this.names = names;
    this.matrices = matrices;
  }

  private interface Opening {
    ModelPart<?> open(PartFiles files, Computing computing);
  }

  /// The shapes of its parameters, by its own names; the files are checked on the way.
  Map<String, long[]> parameters(PartFiles files) {
    try (var part = opening.open(files, Computing.exactly(DType.F32, Device.CPU))) {
      return Map.copyOf(part.parameters());
    }
  }

  List<Layout> layouts() {
    return layouts;
  }

  /// The names in the new file.
  ///
  /// @param now those in the old one
  Layout names(Target target, Layout now) {
    if (target == Target.BF16) {
      return now;
    }
    var layout = names.get(target);
    if (layout == null) {
      throw new CheckpointException(
          "a T5 encoder has one set of names only; convert it --to bf16, fp8-scaled or q8_0");
    }
    return layout;
  }

  /// As GGUF files call it.
  String architecture() {
    return architecture;
  }

  /// Whether a parameter with rows and columns is one of those that are worth packing.
  boolean isMatrix(String name) {
    return matrices.test(name);
  }
}
