package dev.kontext4j.cli;

import dev.kontext4j.cli.picture.AlphaMode;
import dev.kontext4j.cli.picture.PictureReader;
import dev.kontext4j.engine.Scope;
import dev.kontext4j.engine.checkpoint.Checkpoint;
import dev.kontext4j.sampler.picture.Picture;
import java.nio.file.Path;
import java.util.Arrays;

/// How near two results are.
final class Closeness {
  private Closeness() {}

  /// The peak signal-to-noise ratio of two picture files in dB; infinite if they are equal, and not
  /// a number if their sizes differ.
  static double psnr(Path expected, Path actual) {
    var reader = new PictureReader(AlphaMode.DROP);
    return psnr(reader.read(expected), reader.read(actual));
  }

  static double psnr(Picture expected, Picture actual) {
    if (!expected.size().equals(actual.size())) {
      return Double.NaN;
    }
    byte[] wanted = expected.rgb();
    byte[] got = actual.rgb();
    double squares = 0;
    for (int i = 0; i < wanted.length; i++) {
      double difference = (wanted[i] & 0xff) - (got[i] & 0xff);
      squares += difference * difference;
    }
    return 10 * Math.log10(255.0 * 255.0 * wanted.length / squares);
  }

  /// The largest difference of two latents' files; not a number if they are no pair.
  static double latents(Path expected, Path actual) {
    try (var _ = Scope.open();
        var wanted = Checkpoint.open(expected);
        var got = Checkpoint.open(actual)) {
      var a = wanted.tensor("latents");
      var b = got.tensor("latents");
      return Arrays.equals(a.shape(), b.shape())
          ? largestDifference(a.toFloats(), b.toFloats())
          : Double.NaN;
    }
  }

  static double largestDifference(float[] expected, float[] actual) {
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs((double) expected[i] - actual[i])); // NaN stays
    }
    return largest;
  }
}
