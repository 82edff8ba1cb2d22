package dev.kontext4j.transformer.flux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.engine.weights.Outline;
import dev.kontext4j.engine.weights.Overlay;
import dev.kontext4j.engine.weights.Parameter;
import dev.kontext4j.engine.weights.PartFiles;
import dev.kontext4j.testkit.GoldenFiles;
import dev.kontext4j.testkit.TestDevice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Weights that are changed on their way into the network.
class OverlayTest {
  private static final String FUSED = "double_blocks.0.img_attn.qkv.weight";
  private static final String SWAPPED = "final_layer.adaLN_modulation.1.weight";
  private static final String PLAIN = "double_blocks.1.img_mlp.0.weight";

  /// Adds a number to some weights and remembers what it was asked for.
  private record Adding(Set<String> names, double number, List<String> asked) implements Overlay {
    Adding(double number, String... names) {
      this(Set.of(names), number, new ArrayList<>());
    }

    @Override
    public boolean touches(String name) {
      return names.contains(name);
    }

    @Override
    public Tensor apply(String name, Original weight, DType dtype) {
      assertEquals(DType.F32, weight.whole().dtype());
      asked.add(name);
      return weight.whole().add(number).to(dtype);
    }
  }

  private static ModelPart<Map<String, Parameter>> open(DType dtype) {
    Path folder = GoldenFiles.path("model/transformer");
    return ModelPart.open(
        PartFiles.folder(folder),
        FluxLayouts.ALL,
        Computing.exactly(dtype, TestDevice.get()),
        (weights, json) -> {
          var config = FluxConfig.read(json.orElseThrow());
          var parameters = new LinkedHashMap<String, Parameter>();
          Outline.of(w -> new FluxTransformer(w, config, dtype, TestDevice.get()))
              .forEach((name, shape) -> parameters.put(name, weights.parameter(name, shape)));
          return parameters;
        });
  }

  private static Parameter weight(ModelPart<Map<String, Parameter>> part, String name) {
    return Objects.requireNonNull(part.network().get(name));
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F32", "BF16"})
  void aWeightIsChangedInF32AndRoundedOnce(DType dtype) {
    try (var exact = open(DType.F32);
        var part = open(dtype);
        var _ = Scope.open()) {
      part.overlay(new Adding(0.1, FUSED, SWAPPED, PLAIN));
      for (String name : List.of(FUSED, SWAPPED, PLAIN)) {
        var expected = weight(exact, name).value().add(0.1).to(dtype);
        var changed = weight(part, name).value();
        assertEquals(dtype, changed.dtype());
        assertArrayEquals(expected.toFloats(), changed.toFloats(), name);
      }
    }
  }

  @Test
  void onlyWhatIsTouchedIsReadAnew() {
    try (var part = open(DType.F32);
        var _ = Scope.open()) {
      var parameters = part.network();
      part.overlay(new Adding(0.5, PLAIN));
      var before = new LinkedHashMap<String, Tensor>();
      parameters.forEach((name, parameter) -> before.put(name, parameter.value()));
      var next = new Adding(1, FUSED);
      part.overlay(next);
      parameters.forEach((name, parameter) -> {
        if (name.equals(PLAIN) || name.equals(FUSED)) {
          assertNotSame(before.get(name), parameter.value(), name);
        } else {
          assertSame(before.get(name), parameter.value(), name);
        }
      });
      assertEquals(List.of(FUSED), next.asked());
    }
  }

  @Test
  void withoutOverlayTheWeightIsTheModelsAgain() {
    try (var part = open(DType.F32);
        var _ = Scope.open()) {
      var plain = weight(part, PLAIN);
      float[] before = plain.value().toFloats();
      part.overlay(new Adding(1, PLAIN));
      plain.value();
      part.overlay(Overlay.NONE);
      assertArrayEquals(before, plain.value().toFloats());
    }
  }

  @Test
  void everyParameterIsToldWithItsShape() {
    try (var part = FluxTransformer.open(folder(), DType.F32, TestDevice.get())) {
      var parameters = part.parameters();
      assertArrayEquals(new long[] {144, 48}, parameters.get(FUSED));
      try (var other = open(DType.F32)) {
        assertEquals(other.network().keySet(), parameters.keySet());
      }
    }
  }

  private static Path folder() {
    return GoldenFiles.path("model/transformer");
  }
}
