package dev.kontext4j.transformer.flux;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.CheckpointException;
import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.testkit.GoldenFiles;
import dev.kontext4j.testkit.ModelCopy;
import dev.kontext4j.testkit.TestDevice;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A transformer whose weights do not fit its config is refused, with everything that is wrong.
class StrictLoadingTest {
  private static final String GONE = "transformer_blocks.1.attn.to_add_out.bias";
  private static final String FUSED = "single_transformer_blocks.0.attn.to_k.weight";
  private static final String BENT = "norm_out.linear.weight";
  private static final String EXTRA = "transformer_blocks.2.attn.to_q.weight";

  @TempDir Path folder;
  private final Scope scope = Scope.open();

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  void namesAllProblemsAtOnce() throws IOException {
    var copy = copy();
    copy.tensors().remove(GONE);
    copy.tensors().put(BENT, Tensor.of(new float[6], 2, 3));
    copy.tensors().put(EXTRA, Tensor.of(new float[6], 2, 3));
    long live = Scope.liveTensors();

    String message = refusal(copy);
    assertTrue(message.contains("1 missing (" + GONE + ")"), message);
    assertTrue(
        message.contains("1 of another shape (" + BENT + " is [2, 3], expected [96, 48])"),
        message);
    assertTrue(message.contains("1 unexpected (" + EXTRA + ")"), message);
    assertEquals(live, Scope.liveTensors());
  }

  @Test
  void namesAPartOfAFusedMatrix() throws IOException {
    var copy = copy();
    copy.tensors().put(FUSED, Tensor.of(new float[40 * 48], 40, 48));
    String message = refusal(copy);
    assertTrue(message.contains(FUSED), message);
    assertTrue(message.contains("have 328 rows, expected 336"), message);
  }

  @Test
  void acceptsWhatIsRight() throws IOException {
    copy().write(folder);
    assertDoesNotThrow(() -> FluxTransformer.open(folder, DType.F32, TestDevice.get()).close());
  }

  private static ModelCopy copy() throws IOException {
    return ModelCopy.of(GoldenFiles.path("model/transformer"));
  }

  private String refusal(ModelCopy copy) throws IOException {
    copy.write(folder);
    return assertThrows(
            CheckpointException.class,
            () -> FluxTransformer.open(folder, DType.F32, TestDevice.get()))
        .toString();
  }
}
