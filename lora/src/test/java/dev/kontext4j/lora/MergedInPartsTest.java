package dev.kontext4j.lora;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.quant.Computing;
import dev.kontext4j.engine.safetensors.SafetensorsWriter;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.engine.weights.Parameter;
import dev.kontext4j.engine.weights.PartFiles;
import dev.kontext4j.lora.names.NetworkNames;
import dev.kontext4j.lora.names.Part;
import dev.kontext4j.testkit.TestDevice;
import dev.kontext4j.transformer.flux.FluxLayouts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A weight that is so large that it is merged in several parts, which begin and end within the
/// three matrices that it is stored as. All numbers are small and whole, so every sum is exact.
class MergedInPartsTest {
  private static final String FUSED = "double_blocks.0.img_attn.qkv.weight";

  /// Of each of the three; no multiple of the rows that are merged at once.
  private static final int ROWS = 520;

  private static final int COLUMNS = 520;
  private static final int RANK = 2;
  private static final List<String> STORED = List.of("to_q", "to_k", "to_v");

  @TempDir Path folder;
  private final Random random = new Random(5);
  private final Map<String, float[]> numbers = new LinkedHashMap<>();
  private Path model;
  private Path adapter;

  @BeforeEach
  void write() throws IOException {
    model = folder.resolve("model.safetensors");
    adapter = folder.resolve("adapter.safetensors");
    var weights = SafetensorsWriter.to(model);
    var lora = SafetensorsWriter.to(adapter);
    for (String name : STORED) {
      String layer = "transformer_blocks.0.attn." + name;
      add(weights, layer + ".weight", ROWS, COLUMNS);
      if (!name.equals("to_v")) {
        add(lora, "transformer." + layer + ".lora_A.weight", RANK, COLUMNS);
        add(lora, "transformer." + layer + ".lora_B.weight", ROWS, RANK);
      }
    }
    weights.write();
    lora.write();
  }

  private void add(SafetensorsWriter writer, String name, int rows, int columns)
      throws IOException {
    var values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(-5, 6);
    }
    numbers.put(name, values);
    try (var _ = Scope.open()) {
      byte[] bytes = Tensor.of(values, rows, columns).to(DType.BF16).toBytes();
      writer.tensor(
          name, DType.BF16, List.of((long) rows, (long) columns), sink -> sink.write(bytes));
    }
  }

  private float[] of(String name) {
    return numbers.getOrDefault(name, new float[0]);
  }

  /// By the formula of the paper, one element after the other.
  private float[] expected(int strength) {
    var merged = new float[STORED.size() * ROWS * COLUMNS];
    int place = 0;
    for (String name : STORED) {
      String layer = "transformer_blocks.0.attn." + name;
      float[] weight = of(layer + ".weight");
      float[] a = of("transformer." + layer + ".lora_A.weight");
      float[] b = of("transformer." + layer + ".lora_B.weight");
      for (int row = 0; row < ROWS; row++) {
        for (int column = 0; column < COLUMNS; column++) {
          float sum = weight[row * COLUMNS + column];
          for (int k = 0; k < (a.length == 0 ? 0 : RANK); k++) {
            sum += strength * b[row * RANK + k] * a[k * COLUMNS + column];
          }
          merged[place++] = sum;
        }
      }
    }
    return merged;
  }

  private ModelPart<Parameter> open(DType dtype) {
    return ModelPart.open(
        PartFiles.of(model, "", List.of()),
        FluxLayouts.ALL,
        Computing.exactly(dtype, TestDevice.get()),
        (weights, _) -> weights.parameter(FUSED, 3 * ROWS, COLUMNS));
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F32", "BF16"})
  void everyRowGetsItsShare(DType dtype) {
    try (var part = open(dtype);
        var adapters = adapters(part, 2);
        var _ = Scope.open()) {
      part.overlay(adapters.overlay(Part.TRANSFORMER));
      var merged = part.network().value();
      assertEquals(dtype, merged.dtype());
      assertArrayEquals(expected(2), merged.toFloats());
    }
  }

  private Adapters adapters(ModelPart<Parameter> part, double strength) {
    var names = new NetworkNames().with(Part.TRANSFORMER, part.parameters(), FluxLayouts.ALL);
    return new Adapters().with(Adapter.open(adapter, names, false), strength, BlockChoice.ALL);
  }

  /// What is made on the way is gone with the last part.
  @Test
  void onlyTheMergedWeightStays() {
    try (var part = open(DType.BF16);
        var adapters = adapters(part, 1);
        var _ = Scope.open()) {
      part.overlay(adapters.overlay(Part.TRANSFORMER));
      long before = Scope.liveTensors();
      part.network().value();
      assertEquals(before + 1, Scope.liveTensors());
    }
  }
}
