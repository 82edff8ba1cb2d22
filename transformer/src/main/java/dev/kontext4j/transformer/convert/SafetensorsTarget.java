package dev.kontext4j.transformer.convert;

import dev.kontext4j.engine.DType;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.engine.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A safetensors file of converted weights.
record SafetensorsTarget(Target target, Map<String, String> metadata, List<Outgoing> tensors) {
  /// The largest number that the 8-bit type holds.
  private static final float LARGEST = 448;

  private static final String WEIGHT = ".weight";

  void write(Path out) throws IOException {
    var writer = SafetensorsWriter.to(out);
    metadata.forEach(writer::metadata);
    if (target == Target.FP8_SCALED) {
      writer.tensor("scaled_fp8", DType.F8_E4M3, List.of(0L), _ -> {});
    }
    for (Outgoing tensor : tensors) {
      if (target == Target.FP8_SCALED && tensor.isMatrix() && tensor.name().endsWith(WEIGHT)) {
        addScaled(writer, tensor);
      } else {
        DType type = target == Target.BF16 ? DType.BF16 : tensor.stored();
        writer.tensor(tensor.name(), type, tensor.shape(), tensor.as(type));
      }
    }
    writer.write();
  }

  /// As ComfyUI's own packer: the largest number becomes the type's largest.
  private static void addScaled(SafetensorsWriter writer, Outgoing tensor) {
    String name = tensor.name();
    String scale = name.substring(0, name.length() - WEIGHT.length()) + ".scale_weight";
    writer.tensor(scale, DType.F32, List.of(), sink -> sink.write(new float[] {scale(tensor)}));
    writer.tensor(
        name,
        DType.F8_E4M3,
        tensor.shape(),
        sink -> {
          float inverse = 1 / scale(tensor);
          tensor.forEachPart(rows -> sink.write(packed(rows, inverse)));
          tensor.parameter().release();
        });
  }

  private static byte[] packed(Tensor rows, float inverse) {
    return Scope.tidy(() -> rows.mul(inverse).to(DType.F8_E4M3)).toBytes();
  }

  /// All zeros keep a scale of 1.
  private static float scale(Outgoing tensor) throws IOException {
    float[] largest = {0};
    tensor.forEachPart(rows -> {
      for (float value : rows.toFloats()) {
        largest[0] = Math.max(largest[0], Math.abs(value));
      }
    });
    return largest[0] == 0 ? 1 : largest[0] / LARGEST;
  }
}
