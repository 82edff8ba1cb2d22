package dev.kontext4j.engine.internal.torch;

import dev.kontext4j.engine.DType;
import java.util.Arrays;
import java.util.Locale;

/// A tensor in the words of an error message: `f32[2, 3] cuda:0`.
final class TensorText {
  private TensorText() {}

  static String of(long tensor) {
    String device = Torch.deviceType(tensor) == 0 ? "" : " cuda:" + Torch.deviceIndex(tensor);
    return DType.ofTorchCode(Torch.elementType(tensor)).name().toLowerCase(Locale.ROOT)
        + Arrays.toString(Torch.shape(tensor))
        + device;
  }
}
