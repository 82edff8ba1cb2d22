package dev.kontext4j.transformer.flux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.testkit.Golden;
import dev.kontext4j.testkit.GoldenFiles;
import dev.kontext4j.testkit.GoldenStage;
import dev.kontext4j.testkit.LeakCheck;
import dev.kontext4j.testkit.ModelCopy;
import dev.kontext4j.testkit.TensorAssert;
import dev.kontext4j.testkit.TestDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The whole transformer on 12 text tokens, 24 noise tokens (4 x 6), 15 of a reference (3 x 5).
class FluxTransformerTest {
  private static final int TEXT = 12;
  private static final int NOISE = 24;
  private static final int REFERENCE = 15;

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void equalsTheReference(DType dtype) {
    try (var _ = Scope.open();
        var golden = GoldenStage.open("transformer", dtype);
        var part = open("model", dtype)) {
      var velocity = velocity(part.network(), Inputs.of(golden));
      golden.check("output", whole -> whole.narrow(1, 0, NOISE), velocity);
    }
  }

  @Test
  void equalsTheReferenceWithoutGuidance() {
    try (var _ = Scope.open();
        var golden = Golden.open("transformer_unguided");
        var part = open("model-sharded", DType.F32)) {
      var inputs =
          new Inputs(
              golden.tensor("hidden_states"),
              golden.tensor("encoder_hidden_states"),
              golden.tensor("pooled"),
              golden.floats("scheduler_timestep")[0],
              0);
      var velocity = velocity(part.network(), inputs);
      TensorAssert.near(
          "transformer_unguided.output", golden.tensor("output").narrow(1, 0, NOISE), velocity);
    }
  }

  @Test
  void readsTheOriginalsNamesToo(@TempDir Path folder) throws IOException {
    try (var _ = Scope.open();
        var golden = GoldenStage.open("transformer", DType.F32);
        var diffusers = open("model", DType.F32)) {
      var copy = ModelCopy.of(GoldenFiles.path("model/transformer"));
      OriginalNames.of(copy, diffusers.network().config()).write(folder);
      try (var part = FluxTransformer.open(folder, DType.F32, TestDevice.get())) {
        var inputs = Inputs.of(golden);
        assertArrayEquals(
            velocity(diffusers.network(), inputs).toFloats(),
            velocity(part.network(), inputs).toFloats());
      }
    }
  }

  /// One conditioning serves a whole batch; the rows of the golden have one each.
  @Test
  void computesABatchAsItsRows() {
    try (var _ = Scope.open();
        var golden = GoldenStage.open("transformer", DType.F32);
        var part = open("model", DType.F32)) {
      var inputs = Inputs.of(golden);
      var mods = inputs.row(0).modulations(part.network(), inputs.timestep);
      var both = velocity(part.network(), inputs, mods);
      var first = velocity(part.network(), inputs.row(0), mods);
      var second = velocity(part.network(), inputs.row(1), mods);
      TensorAssert.near("batch", Tensor.cat(List.of(first, second), 0), both);
    }
  }

  @Test
  void computesStepsTogetherAsAlone() {
    try (var _ = Scope.open();
        var golden = GoldenStage.open("transformer", DType.F32);
        var part = open("model", DType.F32)) {
      var inputs = Inputs.of(golden).row(1);
      var alone = inputs.modulations(part.network(), inputs.timestep);
      var among = inputs.modulations(part.network(), 1000, 31.5f, inputs.timestep);
      TensorAssert.near(
          "step of three",
          velocity(part.network(), inputs, alone),
          velocity(part.network(), inputs, among, 2));
    }
  }

  @Test
  void leavesOnlyItsResult() {
    try (var _ = Scope.open();
        var golden = GoldenStage.open("transformer", DType.F32);
        var part = open("model", DType.F32)) {
      var flux = part.network();
      var inputs = Inputs.of(golden).row(0);
      var mods = inputs.modulations(flux, inputs.timestep);
      var noise = inputs.tokens.narrow(1, 0, NOISE);
      var reference = flux.image(inputs.tokens.narrow(1, NOISE, REFERENCE));
      var text = flux.text(inputs.text);
      var rope = flux.rope(TEXT, positions());
      assertEquals(
          1,
          LeakCheck.resultsOf(
              () -> flux.velocity(noise, reference, text, mods, 0, rope, Shortcuts.NONE)));
    }
  }

  private static ModelPart<FluxTransformer> open(String model, DType dtype) {
    return FluxTransformer.open(GoldenFiles.path(model + "/transformer"), dtype, TestDevice.get());
  }

  /// Of each row with a conditioning of its own.
  private static Tensor velocity(FluxTransformer flux, Inputs inputs) {
    var rows = new ArrayList<Tensor>();
    for (int i = 0; i < 2; i++) {
      var row = inputs.row(i);
      var mods = row.modulations(flux, row.timestep);
      rows.add(velocity(flux, row, mods));
    }
    return Tensor.cat(rows, 0);
  }

  private static Tensor velocity(FluxTransformer flux, Inputs in, Modulations mods) {
    return velocity(flux, in, mods, 0);
  }

  private static Tensor velocity(FluxTransformer flux, Inputs in, Modulations mods, int step) {
    var noise = in.tokens.narrow(1, 0, NOISE);
    var reference = flux.image(in.tokens.narrow(1, NOISE, REFERENCE));
    var text = flux.text(in.text);
    return flux.velocity(
        noise, reference, text, mods, step, flux.rope(TEXT, positions()), Shortcuts.NONE);
  }

  static List<Position> positions() {
    var positions = new ArrayList<Position>();
    addGrid(positions, 0, 4, 6);
    addGrid(positions, 1, 3, 5);
    return positions;
  }

  private static void addGrid(List<Position> positions, int image, int rows, int columns) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        positions.add(new Position(image, row, column));
      }
    }
  }

  private record Inputs(Tensor tokens, Tensor text, Tensor pooled, float timestep, float guidance) {

    static Inputs of(GoldenStage golden) {
      return new Inputs(
          golden.input("hidden_states"),
          golden.input("encoder_hidden_states"),
          golden.input("pooled"),
          golden.floats("scheduler_timestep")[0],
          golden.floats("guidance")[0]);
    }

    Modulations modulations(FluxTransformer flux, float... timesteps) {
      return flux.modulations(timesteps, guidance, pooled);
    }

    Inputs row(int i) {
      return new Inputs(
          tokens.narrow(0, i, 1), text.narrow(0, i, 1), pooled.narrow(0, i, 1), timestep, guidance);
    }
  }
}
