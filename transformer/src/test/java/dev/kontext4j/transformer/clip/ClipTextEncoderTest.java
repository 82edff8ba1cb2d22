package dev.kontext4j.transformer.clip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.ShapeException;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.testkit.GoldenFiles;
import dev.kontext4j.testkit.GoldenStage;
import dev.kontext4j.testkit.LeakCheck;
import dev.kontext4j.testkit.ModelCopy;
import dev.kontext4j.testkit.TensorAssert;
import dev.kontext4j.testkit.TestDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClipTextEncoderTest {
  private static final Path FOLDER = GoldenFiles.path("model/text_encoder");

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void equalsTheReference(DType dtype) {
    try (var _ = Scope.open();
        var golden = GoldenStage.open("clip", dtype);
        var part = open(FOLDER, dtype)) {
      for (String prompt : List.of("plain", "empty", "full")) {
        var ids = golden.ids(prompt + ".ids");
        golden.check(prompt + ".states", part.network().states(ids));
        golden.check(prompt + ".pooled", part.network().pooled(ids));
      }
    }
  }

  @Test
  void encodesPromptsTogetherAsAlone() {
    try (var _ = Scope.open();
        var golden = GoldenStage.open("clip", DType.F32);
        var part =
            ClipTextEncoder.open(
                GoldenFiles.path("model/text_encoder"), DType.F32, TestDevice.get())) {
      var plain = golden.ids("plain.ids").getFirst();
      var empty = golden.ids("empty.ids").getFirst();
      var both = part.network().pooled(List.of(plain, empty));
      TensorAssert.near("first of two", golden.exact("plain.pooled"), both.narrow(0, 0, 1));
      TensorAssert.near("second of two", golden.exact("empty.pooled"), both.narrow(0, 1, 1));
    }
  }

  @Test
  void leavesOnlyItsResult() {
    try (var _ = Scope.open();
        var golden = GoldenStage.open("clip", DType.F32);
        var part =
            ClipTextEncoder.open(
                GoldenFiles.path("model/text_encoder"), DType.F32, TestDevice.get())) {
      var ids = golden.ids("plain.ids");
      assertEquals(1, LeakCheck.resultsOf(() -> part.network().pooled(ids)));
    }
  }

  /// transformers 5 writes them without, everybody else with a prefix.
  @Test
  void readsNamesWithAndWithoutPrefix(@TempDir Path folder) throws IOException {
    try (var _ = Scope.open();
        var golden = GoldenStage.open("clip", DType.F32)) {
      var copy = ModelCopy.of(FOLDER);
      boolean prefixed = copy.tensors().containsKey("text_model.final_layer_norm.weight");
      var other =
          copy.renamed(
              name -> prefixed ? name.substring("text_model.".length()) : "text_model." + name);
      other.tensors().put("logit_scale", Tensor.of(new float[] {1}));
      try (var part = open(other.write(folder), DType.F32)) {
        golden.check("plain.pooled", part.network().pooled(golden.ids("plain.ids")));
      }
    }
  }

  @Test
  void readsTheTextPartOfAWholeConfig(@TempDir Path folder) throws IOException {
    try (var _ = Scope.open();
        var golden = GoldenStage.open("clip", DType.F32)) {
      var copy = ModelCopy.of(FOLDER);
      String whole = "{\"model_type\": \"clip\", \"text_config\": " + copy.config() + "}";
      try (var part = open(new ModelCopy(whole, copy.tensors()).write(folder), DType.F32)) {
        golden.check("plain.pooled", part.network().pooled(golden.ids("plain.ids")));
      }
    }
  }

  @Test
  void refusesIdsBeyondTheVocabulary() {
    try (var _ = Scope.open();
        var part = open(FOLDER, DType.F32)) {
      var ids = List.of(new long[] {1, 2, 1_000_000});
      var error = assertThrows(ShapeException.class, () -> part.network().pooled(ids));
      assertTrue(error.toString().contains("1000000"), error::toString);
    }
  }

  private static ModelPart<ClipTextEncoder> open(Path folder, DType dtype) {
    return ClipTextEncoder.open(folder, dtype, TestDevice.get());
  }
}
