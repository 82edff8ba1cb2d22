package dev.kontext4j.sampler;

import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.Tensor;
import dev.kontext4j.sampler.picture.Picture;

/// Pictures as tensors: (1, 3, H, W), 0 to 255 becoming -1 to 1.
final class Pixels {
  private Pixels() {}

  /// Channels stay innermost in memory, as in the picture: the reference's pixels lie so too, which
  /// decides in which order its convolutions and norms add up.
  static Tensor of(Picture picture) {
    byte[] rgb = picture.rgb();
    var values = new float[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      values[i] = 2 * ((rgb[i] & 0xff) / 255f) - 1;
    }
    try (var scope = Scope.open()) {
      var rows = Tensor.of(values, 1, picture.height(), picture.width(), 3);
      return scope.keep(rows.permute(0, 3, 1, 2));
    }
  }

  /// Halves round to even, as the reference's do.
  ///
  /// @throws EditException if the numbers are none: weights or arithmetic went wrong on the way
  static Picture picture(Tensor pixels) {
    float[] planes;
    try (var _ = Scope.open()) {
      planes = pixels.mul(0.5).add(0.5).toFloats(); // in the model's element type
    }
    int height = Math.toIntExact(pixels.size(2));
    int width = Math.toIntExact(pixels.size(3));
    int area = width * height;
    var rgb = new byte[3 * area];
    for (int pixel = 0; pixel < area; pixel++) {
      for (int channel = 0; channel < 3; channel++) {
        requireNumber(planes[channel * area + pixel]);
        float value = Math.clamp(planes[channel * area + pixel], 0f, 1f);
        rgb[3 * pixel + channel] = (byte) Math.rint(value * 255f);
      }
    }
    return new Picture(width, height, rgb);
  }

  private static void requireNumber(float value) {
    if (Float.isNaN(value)) {
      throw new EditException(
          "The model computed no numbers (NaN), so there is no picture; its weights may be damaged,"
              + " or too large for the element type: try --dtype f32");
    }
  }
}
