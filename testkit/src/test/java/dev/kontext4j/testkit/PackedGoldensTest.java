package dev.kontext4j.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Device;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.engine.safetensors.SafetensorsWriter;
import dev.kontext4j.engine.weights.Layout;
import dev.kontext4j.engine.weights.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `comfy-kitchen` has packed and taken apart, taken apart here: equal in every bit.
class PackedGoldensTest {
  private static final Layout LAYOUT = Layout.plain("packed layers");

  @TempDir private Path folder;

  private final Checkpoint stored = Checkpoint.open(GoldenFiles.path("packed.safetensors"));
  private final Golden golden = Golden.open("packed_values");
  private final Scope scope = Scope.open();
  private final Scope store = Scope.store();

  @AfterEach
  void close() {
    store.close();
    scope.close();
    golden.close();
    stored.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "old.weight",
        "old.bias",
        "new.weight",
        "wide.weight",
        "plain.weight",
        "four.weight",
        "four_tiles.weight",
        "int8.weight",
        "int8_rows.weight"
      })
  void theNumbersOfTheReference(String name) {
    var exact = golden.tensor(name);
    var weights = Weights.of(stored, LAYOUT, DType.F32, TestDevice.get(), store);
    var parameter = weights.parameter(name, exact.shape());
    assertArrayEquals(exact.toFloats(), parameter.value().toFloats(), name);
    assertArrayEquals(
        exact.narrow(0, 3, 4).toFloats(), parameter.rows(3, 4).toFloats(), name + " in part");
    if (exact.rank() == 2) {
      var indices = Tensor.of(new long[] {5, 0}, 2);
      var rows = exact.rows(indices.to(exact.device()));
      assertArrayEquals(rows.toFloats(), parameter.rowsAt(indices).toFloats(), name + " by row");
    }
  }

  @Test
  void everythingThatIsStoredBelongsToALayer() {
    var weights = Weights.of(stored, LAYOUT, DType.BF16, Device.CPU, store);
    for (String layer :
        List.of("old", "new", "wide", "plain", "four", "four_tiles", "int8", "int8_rows")) {
      String name = layer + ".weight";
      weights.parameter(name, golden.tensor(name).shape());
    }
    weights.parameter("old.bias", 24);
    weights.requireComplete();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"format\": \"mxfp8\"}",
        "{\"format\": \"int8_tensorwise\", \"convrot\": true}",
        "{\"format\": \"of tomorrow\"}"
      })
  void otherPackingsAreRefusedByName(String format) throws IOException {
    Path file = folder.resolve("other.safetensors");
    byte[] json = format.getBytes(StandardCharsets.UTF_8);
    SafetensorsWriter.to(file)
        .tensor("x.weight", DType.I8, List.of(2L, 2L), sink -> sink.write(new byte[4]))
        .tensor("x.comfy_quant", DType.U8, List.of((long) json.length), sink -> sink.write(json))
        .write();
    String name = format.split("\"", -1)[3];
    assertRefused(file, "the layer 'x' is packed as " + name);
  }

  @Test
  void soItIsByTheFilesMetadata() throws IOException {
    Path file = folder.resolve("other.safetensors");
    SafetensorsWriter.to(file)
        .metadata("_quantization_metadata", "{\"layers\": {\"x\": {\"format\": \"mxfp8\"}}}")
        .tensor("x.weight", DType.I8, List.of(2L, 2L), sink -> sink.write(new byte[4]))
        .write();
    assertRefused(file, "the layer 'x' is packed as mxfp8");
  }

  @Test
  void scalesThatDoNotFitAreRefused() throws IOException {
    Path file = folder.resolve("damaged.safetensors");
    SafetensorsWriter.to(file)
        .tensor("x.weight", DType.F8_E4M3, List.of(2L, 2L), sink -> sink.write(new byte[4]))
        .tensor("x.weight_scale", DType.F32, List.of(3L), sink -> sink.write(new float[3]))
        .write();
    assertRefused(file, "the scale 'x.weight_scale' has 3 numbers, expected 1 or 2");
  }

  private void assertRefused(Path file, String expected) {
    try (var checkpoint = Checkpoint.open(file)) {
      long[] shape = LongStream.of(2, 2).toArray();
      var weights = Weights.of(checkpoint, LAYOUT, DType.F32, Device.CPU, store);
      var e = assertThrows(CheckpointException.class, () -> weights.parameter("x.weight", shape));
      assertTrue(String.valueOf(e.getMessage()).contains(expected), e.getMessage());
    }
  }
}
