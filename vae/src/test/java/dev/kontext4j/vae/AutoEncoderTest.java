package dev.kontext4j.vae;

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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AutoEncoderTest {
  private static final Path FOLDER = GoldenFiles.path("model/vae");

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void encodesAsTheReference(DType dtype) {
    try (var _ = Scope.open();
        var golden = GoldenStage.open("vae", dtype);
        var part = open(dtype)) {
      golden.check("encoded.scaled", part.network().encode(golden.input("pixels")));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void decodesAsTheReference(DType dtype) {
    try (var _ = Scope.open();
        var golden = GoldenStage.open("vae", dtype);
        var part = open(dtype)) {
      golden.check("decoded", part.network().decode(golden.input("latent")));
    }
  }

  /// Two rows of three tiles, the last ones smaller.
  @ParameterizedTest
  @EnumSource(names = {"F32", "BF16"})
  void goesByTilesAsTheReference(DType dtype) {
    var tiling = new Tiling(5, 2);
    try (var _ = Scope.open();
        var golden = GoldenStage.open("vae", dtype);
        var part = open(dtype)) {
      var pixels = golden.input("pixels").narrow(3, 0, 8 * 9);
      var latent = golden.input("latent").narrow(3, 0, 9);
      golden.check("encoded.tiled", part.network().encode(pixels, tiling));
      golden.check("decoded.tiled", part.network().decode(latent, tiling));
    }
  }

  @Test
  void knowsItsFactor() {
    try (var part = open(DType.F32)) {
      assertEquals(8, part.network().config().downsampling());
    }
  }

  @Test
  void leavesOnlyItsResult() {
    try (var _ = Scope.open();
        var golden = GoldenStage.open("vae", DType.F32);
        var part = open(DType.F32)) {
      var pixels = golden.input("pixels");
      var latent = golden.input("latent");
      assertEquals(1, LeakCheck.resultsOf(() -> part.network().encode(pixels)));
      assertEquals(1, LeakCheck.resultsOf(() -> part.network().decode(latent)));
    }
  }

  @Test
  void readsTheEarlyNamesOfTheAttention(@TempDir Path folder) throws IOException {
    var early =
        Map.of(
            ".to_q.",
            ".query.",
            ".to_k.",
            ".key.",
            ".to_v.",
            ".value.",
            ".to_out.0.",
            ".proj_attn.");
    try (var _ = Scope.open();
        var golden = GoldenStage.open("vae", DType.F32)) {
      var copy =
          ModelCopy.of(FOLDER)
              .renamed(name -> {
                for (var rename : early.entrySet()) {
                  name = name.replace(rename.getKey(), rename.getValue());
                }
                return name;
              });
      try (var part = AutoEncoder.open(copy.write(folder), DType.F32, TestDevice.get())) {
        golden.check("encoded.scaled", part.network().encode(golden.input("pixels")));
        golden.check("decoded", part.network().decode(golden.input("latent")));
      }
    }
  }

  private static ModelPart<AutoEncoder> open(DType dtype) {
    return AutoEncoder.open(FOLDER, dtype, TestDevice.get());
  }
}
