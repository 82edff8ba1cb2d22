package dev.kontext4j.sampler.picture;

/// Pictures that the golden script makes too.
final class TestPictures {
  private TestPictures() {}

  static Picture of(String kind, int width, int height) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] =
          (byte)
              switch (kind) {
                case "noise" -> scrambled(i);
                case "extremes" -> scrambled(i) < 128 ? 0 : 255;
                case "ramps" -> i / 3 % width * 7 + i / 3 / width * 5 + i % 3 * 80;
                default -> throw new IllegalArgumentException(kind);
              };
    }
    return new Picture(width, height, rgb);
  }

  private static int scrambled(int i) {
    int h = i * 0x9e3779b1; // 2654435761
    h ^= h >>> 15;
    return (h * 0x85ebca77) >>> 24; // 2246822519
  }
}
