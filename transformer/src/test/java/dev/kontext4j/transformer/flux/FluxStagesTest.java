package dev.kontext4j.transformer.flux;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.weights.ModelConfig;
import dev.kontext4j.engine.weights.Weights;
import dev.kontext4j.testkit.GoldenFiles;
import dev.kontext4j.testkit.GoldenStage;
import dev.kontext4j.testkit.TensorAssert;
import dev.kontext4j.testkit.TestDevice;
import dev.kontext4j.testkit.Tolerance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The parts of the transformer one by one.
class FluxStagesTest {
  private static final Path FOLDER = GoldenFiles.path("model/transformer");
  private static final int TEXT = 12;
  private static final int IMAGE = 39;

  /// The reference's roundings of times and guidance move the embedding by 0.28 in bf16.
  private static final Tolerance ROUNDED_ALIKE = new Tolerance(0.02, 0.02);

  private final Scope scope = Scope.open();
  private final Scope store = Scope.store();
  private final Checkpoint checkpoint = Checkpoint.open(FOLDER);
  private final FluxConfig config =
      FluxConfig.read(ModelConfig.read(FOLDER.resolve("config.json")));
  private final Rope rope = Rope.of(allPositions(), config.ropeAxes(), TestDevice.get());

  @AfterEach
  void close() {
    scope.close();
    store.close();
    checkpoint.close();
  }

  @Test
  void turnsByTheReferencesAngles() {
    try (var golden = GoldenStage.open("transformer", DType.F32)) {
      TensorAssert.near("rope.cos", everySecond(golden.exact("rope.cos")), part(rope, 0));
      TensorAssert.near("rope.sin", everySecond(golden.exact("rope.sin")), part(rope, 1));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void embedsTimestepGuidanceAndPrompt(DType dtype) {
    try (var golden = GoldenStage.open("conditioning", dtype)) {
      var flux = new FluxTransformer(weights(dtype), config, dtype, TestDevice.get());
      float[] times = golden.floats("scheduler_timestep");
      float[] guidance = golden.floats("guidance");
      var rows = new ArrayList<Tensor>();
      for (int i = 0; i < times.length; i++) {
        var pooled = golden.input("pooled").narrow(0, i, 1);
        rows.add(flux.vec(new float[] {times[i]}, guidance[i], pooled));
      }
      var temb = Tensor.cat(rows, 0);
      golden.check("temb", temb);
      golden.checkRoundings("temb", temb, ROUNDED_ALIKE);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void doubleBlockEqualsTheReference(DType dtype) {
    try (var golden = GoldenStage.open("block_double", dtype)) {
      var block = DoubleStreamBlock.load(weights(dtype).at("double_blocks").at(0), config);
      var img = new ArrayList<Tensor>();
      var txt = new ArrayList<Tensor>();
      for (int row = 0; row < 2; row++) {
        var mods = block.modulations(golden.input("temb").narrow(0, row, 1).silu());
        var out =
            block.forward(
                new Tokens(image(golden, row), text(golden, row)), mods, 0, rope, KeyMemory.NONE);
        img.add(out.img());
        txt.add(out.txt());
      }
      golden.check("out.hidden_states", Tensor.cat(img, 0));
      golden.check("out.encoder_hidden_states", Tensor.cat(txt, 0));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void singleBlockEqualsTheReference(DType dtype) {
    try (var golden = GoldenStage.open("block_single", dtype)) {
      var block = SingleStreamBlock.load(weights(dtype).at("single_blocks").at(1), config);
      var all = new ArrayList<Tensor>();
      var some = new ArrayList<Tensor>();
      for (int row = 0; row < 2; row++) {
        var mod = block.modulations(golden.input("temb").narrow(0, row, 1).silu()).step(0);
        var x = new Tokens(image(golden, row), text(golden, row)).joined();
        all.add(block.forward(x, mod, rope, KeyMemory.NONE));
        some.add(block.forward(x, mod, rope, KeyMemory.NONE, TEXT + 3, 20));
      }
      var whole = Tensor.cat(all, 0);
      golden.check("out.encoder_hidden_states", whole.narrow(1, 0, TEXT));
      golden.check("out.hidden_states", whole.narrow(1, TEXT, IMAGE));
      golden.check("out.hidden_states", out -> out.narrow(1, 3, 20), Tensor.cat(some, 0));
    }
  }

  private Weights weights(DType dtype) {
    return Weights.of(checkpoint, FluxLayouts.DIFFUSERS, dtype, TestDevice.get(), store);
  }

  private static Tensor image(GoldenStage golden, int row) {
    return golden.input("hidden_states").narrow(0, row, 1);
  }

  private static Tensor text(GoldenStage golden, int row) {
    return golden.input("encoder_hidden_states").narrow(0, row, 1);
  }

  private static List<Position> allPositions() {
    var positions = new ArrayList<Position>();
    for (int i = 0; i < TEXT; i++) {
      positions.add(Position.TEXT);
    }
    positions.addAll(FluxTransformerTest.positions());
    return positions;
  }

  /// The golden tables hold each number twice, once for either channel of a pair.
  private static Tensor everySecond(Tensor table) {
    return table.reshape(table.size(0), -1, 2).narrow(2, 0, 1).reshape(table.size(0), -1);
  }

  /// The cosines (0) or the sines (1) of a rope: (L, E / 2).
  private static Tensor part(Rope rope, int which) {
    var table = rope.table();
    return table.narrow(3, which, 1).reshape(table.size(0), -1);
  }
}
