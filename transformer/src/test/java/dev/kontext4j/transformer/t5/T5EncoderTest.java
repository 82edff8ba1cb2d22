package dev.kontext4j.transformer.t5;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.weights.ModelPart;
import dev.kontext4j.testkit.GoldenFiles;
import dev.kontext4j.testkit.GoldenStage;
import dev.kontext4j.testkit.LeakCheck;
import dev.kontext4j.testkit.ModelCopy;
import dev.kontext4j.testkit.TestDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class T5EncoderTest {
  private static final Path FOLDER = GoldenFiles.path("model/text_encoder_2");

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void equalsTheReference(DType dtype) {
    try (var _ = Scope.open();
        var golden = GoldenStage.open("t5", dtype);
        var part = open(dtype)) {
      for (String prompt : List.of("plain", "empty", "full")) {
        var states = part.network().states(golden.ids(prompt + ".ids"));
        golden.check(prompt + ".states", states);
      }
    }
  }

  @Test
  void leavesOnlyItsResult() {
    try (var _ = Scope.open();
        var golden = GoldenStage.open("t5", DType.F32);
        var part = open(DType.F32)) {
      var ids = golden.ids("plain.ids");
      assertEquals(1, LeakCheck.resultsOf(() -> part.network().states(ids)));
    }
  }

  @Test
  void readsTheTokenTableUnderEitherName(@TempDir Path folder) throws IOException {
    try (var _ = Scope.open();
        var golden = GoldenStage.open("t5", DType.F32)) {
      var copy = ModelCopy.of(FOLDER);
      var table = Objects.requireNonNull(copy.tensors().remove("shared.weight"));
      copy.tensors().put("encoder.embed_tokens.weight", table);
      checkPlain(golden, copy.write(folder));
      copy.tensors().put("shared.weight", table);
      checkPlain(golden, copy.write(folder));
    }
  }

  private static void checkPlain(GoldenStage golden, Path folder) {
    try (var part = T5Encoder.open(folder, DType.F32, TestDevice.get())) {
      golden.check("plain.states", part.network().states(golden.ids("plain.ids")));
    }
  }

  private static ModelPart<T5Encoder> open(DType dtype) {
    return T5Encoder.open(FOLDER, dtype, TestDevice.get());
  }
}
