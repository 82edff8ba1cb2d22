package dev.kontext4j.transformer.convert;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.weights.Layout;
import dev.kontext4j.engine.weights.PartFiles;
import dev.kontext4j.transformer.flux.FluxLayouts;
import dev.kontext4j.transformer.flux.FluxTransformer;
import dev.kontext4j.transformer.t5.T5Encoder;
import dev.kontext4j.transformer.t5.T5Layouts;
import java.util.List;
import java.util.Map;

/// The networks whose weights can be converted.
public enum Network {
  TRANSFORMER {
    @Override
    Map<String, long[]> parameters(PartFiles files) {
      try (var part = FluxTransformer.open(files, DType.F32, Device.CPU)) {
        return Map.copyOf(part.parameters());
      }
    }

    @Override
    List<Layout> layouts() {
      return FluxLayouts.ALL;
    }

    @Override
    Layout names(Target target, Layout now) {
      return switch (target) {
        case BF16 -> now;
        case DIFFUSERS -> FluxLayouts.DIFFUSERS;
        case BFL, FP8_SCALED, Q8_0 -> FluxLayouts.ORIGINAL;
      };
    }

    @Override
    String architecture() {
      return "flux";
    }

    @Override
    boolean isMatrix(String name) {
      return name.contains("_blocks.");
    }
  },
  T5 {
    @Override
    Map<String, long[]> parameters(PartFiles files) {
      try (var part = T5Encoder.open(files, DType.F32, Device.CPU)) {
        return Map.copyOf(part.parameters());
      }
    }

    @Override
    List<Layout> layouts() {
      return T5Layouts.ALL;
    }

    @Override
    Layout names(Target target, Layout now) {
      return switch (target) {
        case BF16 -> now;
        case FP8_SCALED -> T5Layouts.SHARED;
        case Q8_0 -> T5Layouts.LLAMA_CPP;
        case DIFFUSERS, BFL ->
            throw new CheckpointException(
                "a T5 encoder has one set of names only; convert it --to bf16, fp8-scaled or q8_0");
      };
    }

    @Override
    String architecture() {
      return "t5encoder";
    }

    @Override
    boolean isMatrix(String name) {
      return name.contains(".block.") && !name.contains("relative_attention_bias");
    }
  };

  /// The shapes of its parameters, by its own names; the files are checked on the way.
  abstract Map<String, long[]> parameters(PartFiles files);

  abstract List<Layout> layouts();

  /// The names in the new file.
  ///
  /// @param now those in the old one
  abstract Layout names(Target target, Layout now);

  /// As GGUF files call it.
  abstract String architecture();

  /// Whether a parameter with rows and columns is one of those that are worth packing.
  abstract boolean isMatrix(String name);
}
